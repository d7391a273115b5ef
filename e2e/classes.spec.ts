import { expect, test } from '@playwright/test';
import { ClassesPage, painted } from './classesPage';
import { digestOf, Playground } from './playground';

test('classes by guidance: drawn on arrival, other noise, stopped, and the push by w and class', async ({
  page,
}) => {
  const classes = new ClassesPage(page);
  await classes.open();
  await classes.finished();
  await classes.steps(8);
  await classes.finished('8');
  const drawn = await painted(classes.canvas);
  await classes.grid.getByRole('button', { name: 'New noise' }).click();
  await expect.poll(() => painted(classes.canvas)).not.toBe(drawn);
  await classes.finished('8');

  await classes.steps(1000);
  await expect(classes.grid.getByText(/^Drawing: step [1-9]/)).toBeVisible();
  await classes.grid.getByRole('button', { name: 'Stop' }).click();
  await expect(classes.grid.getByText(/^Stopped at step/)).toBeVisible();

  await classes.grid.getByRole('option', { name: 'Class 6, w = 4' }).click();
  await expect(classes.push).toContainText('4.00');
  await expect(classes.asked).toHaveAttribute('data-asked', /^6 /);
  const guided = classes.image('guided by w').last();
  const strong = await painted(guided);
  const [equation, push] = [await classes.numbers(), await painted(classes.image('the push'))];
  await classes.push.getByRole('slider', { name: /^Guidance/ }).press('Home');
  await expect.poll(() => classes.numbers()).not.toBe(equation);
  expect(await painted(guided), 'without guidance').toEqual(
    await painted(classes.image('with class 6').last()),
  );
  expect(await painted(guided)).not.toBe(strong);
  expect(await painted(classes.image('the push')), 'w does not ask the network again').toEqual(push);
  await classes.push.getByRole('combobox', { name: /^Class asked for/ }).click();
  await page.getByRole('option', { name: '1', exact: true }).click();
  await expect(classes.asked).toHaveAttribute('data-asked', /^1 /);
  expect(await painted(classes.image('the push'))).not.toBe(push);

  await page.getByRole('radio', { name: /^Shapes/ }).click();
  await expect(page.getByText('No model has learned the classes of Shapes yet.')).toBeVisible();
  expect(classes.problems).toEqual([]);
});

test('a model learns the classes, and one class is drawn with guidance', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const { train, sample } = playground;
  await expect(sample.getByRole('combobox', { name: /^Class/ })).toBeHidden();
  const parameters = train.locator('[data-quantity="parameters"]');
  const before = await parameters.textContent();
  await train.getByRole('switch', { name: /^Learn the classes/ }).click();
  await expect(parameters).not.toHaveText(before ?? '');
  await playground.type('Class dropout', '0.2');
  await playground.type('Training steps', '12');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');

  await playground.switchToOwn();
  await sample.getByRole('combobox', { name: /^Sampler/ }).click();
  await page.getByRole('option', { name: /^DDIM/ }).click();
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('5');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  const draw = async () => {
    await sample.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(sample.getByText(/^computed in/)).toBeVisible();
    return digestOf(sample.locator('canvas').first());
  };
  const choose = async (name: string) => {
    await sample.getByRole('combobox', { name: /^Class/ }).click();
    await page.getByRole('option', { name, exact: true }).click();
  };
  await choose('4');
  const fours = await draw();
  await expect(sample.getByRole('option', { name: 'Image 3, class 4' }).first()).toBeAttached();
  await choose('7');
  expect(await draw()).not.toEqual(fours);
  await choose('4');
  await sample.getByRole('slider', { name: /^Guidance/ }).press('End');
  expect(await draw(), 'guided').not.toEqual(fours);

  await page.reload();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  await expect(train.getByRole('switch', { name: /^Learn the classes/ })).toBeChecked();
  await expect(playground.field('Class dropout')).toHaveValue('0.2');
  expect(playground.problems).toEqual([]);
});
