import { expect, test } from '@playwright/test';

/** Knows nothing but what the page says: names of roles, in the order in which one reads them. */
test('a stranger gets from the opening to samples of a model of their own and to a shared experiment', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('/');
  const opening = page.getByRole('region', { name: 'From data to samples' });
  await expect(opening).toHaveAttribute('data-playing', 'true');
  await expect(opening.getByText(/^pretrained, 10,000 training steps ·/)).toBeVisible();

  await opening.getByRole('link', { name: 'Train' }).click();
  const train = page.getByRole('region', { name: 'Train', exact: true });
  await expect(train.getByRole('spinbutton'), 'no field before the first button').toHaveCount(0);
  await train.getByRole('radio', { name: 'Small' }).click();
  await expect(train.getByText(/^16 channels/)).toBeVisible();
  await train.getByRole('button', { name: 'Start training' }).click();
  await expect(train.getByRole('img', { name: /^Samples of the model after/ })).toBeVisible();

  const sample = page.getByRole('region', { name: 'Sample', exact: true });
  const beside = sample.getByRole('region', { name: 'Your model beside the pretrained one' });
  await expect(beside.getByRole('img', { name: /^Samples of the model after/ })).toBeVisible();
  await expect(beside.getByText(/Its loss on held-out images is 0\.\d{4}/)).toBeVisible();
  await train.getByRole('button', { name: 'Pause' }).click();

  // A change that only a new model takes says so beside its group, and is taken back there.
  await train.getByText('Objective', { exact: true }).click();
  await train.getByRole('spinbutton', { name: /^Diffusion steps/ }).fill('300');
  await train.getByRole('spinbutton', { name: /^Diffusion steps/ }).press('Enter');
  const notice = train.getByRole('status').filter({ hasText: 'Only a new model takes this change' });
  await expect(notice.getByRole('button', { name: 'New model' })).toBeInViewport();
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(notice).toHaveCount(0);

  await sample.getByRole('radio', { name: 'Yours' }).click();
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.getByText(/^Drawn by: your model, \d+ training steps · DPM-Solver/)).toBeVisible();
  await expect(sample.getByText('The images are finished')).toBeAttached();

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: /^This view/ }).inputValue();
  const other = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  const receiver = await other.newPage();
  await receiver.goto(link);
  await expect(receiver.getByRole('region', { name: 'Link' })).toContainText('by a model that is not here');
  await expect(receiver.getByText(/^16 channels/)).toBeVisible();
  await page.keyboard.press('Escape');

  // On to an experiment: the page says what to do, and what came of it is shared with its card.
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Experiments' }).click();
  await page.getByRole('link', { name: 'A process of T = 50 steps' }).click();
  const guide = page.getByRole('complementary', { name: 'A process of T = 50 steps' });
  await expect(guide.getByRole('listitem')).toHaveText([
    'Look at xt at t = 50, the last step.',
    'Open Objective, set Schedule to Cosine, and look again.',
  ]);
  const noising = page.getByRole('region', { name: 'Noising', exact: true });
  const time = noising.getByRole('slider', { name: /^Steps of noise/ });
  await expect(time).toHaveAttribute('aria-valuenow', '50');
  await expect(noising.locator('[data-quantity="alpha-bar"]')).toContainText('0.603');
  const schedule = train.getByRole('combobox', { name: /^Schedule/ });
  if (!(await schedule.isVisible())) await train.getByText('Objective', { exact: true }).click();
  await schedule.click();
  await page.getByRole('option', { name: 'Cosine' }).click();
  await expect(noising.locator('[data-quantity="alpha-bar"]')).not.toContainText('0.603');
  await guide.getByRole('button', { name: 'What it shows' }).click();
  await expect(guide.getByText(/The cosine schedule is defined by ᾱt itself/)).toBeVisible();
  await guide.getByRole('button', { name: 'Share the result' }).click();
  await receiver.goto(await page.getByRole('textbox', { name: /^This view/ }).inputValue());
  await expect(receiver.getByRole('complementary', { name: 'A process of T = 50 steps' })).toBeVisible();
  const seen = receiver.getByRole('region', { name: 'Noising', exact: true });
  await expect(seen.getByRole('slider', { name: /^Steps of noise/ })).toHaveAttribute('aria-valuenow', '50');
  await expect(seen.locator('[data-quantity="alpha-bar"]')).toHaveText(
    (await noising.locator('[data-quantity="alpha-bar"]').textContent()) ?? '',
  );
  await other.close();
});
