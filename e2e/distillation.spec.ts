import { expect, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

test('a student of the pretrained digits: distilled, stopped, used as the model, and sampled from', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.visit('/#/distillation');
  const both = page.getByRole('region', { name: 'Teacher and student', exact: true });
  const student = page.getByRole('region', { name: 'Student', exact: true });
  const button = (name: string) => both.getByRole('button', { name, exact: true });
  const status = both.locator('.row[data-status]');
  const evaluations = (of: string) => both.locator(`tr[data-of="${of}"] [data-quantity="evaluations"]`);
  const grid = (of: string) => both.locator(`[data-of="${of}"] canvas`);
  const type = async (name: string, value: string) => {
    const field = both.getByRole('spinbutton', { name: new RegExp(`^${name}`) });
    await field.fill(value);
    await field.press('Tab');
  };

  await test.step('steps that are not a power of 2 apart are refused at their field', async () => {
    await expect(button('Distil')).toBeEnabled();
    await type('Teacher steps', '6');
    await expect(both).toContainText(
      "Progressive distillation halves the steps: the teacher's must be 1 times 2, 4, 8 …, not 6.",
    );
    await expect(button('Distil')).toBeDisabled();
  });

  await test.step('it pauses, goes on, and stopped early it leaves a student', async () => {
    await type('Teacher steps', '4');
    await type('Batch size', '4');
    await type('Samples', '32');
    await button('Distil').click();
    await expect(grid('student')).toBeVisible();
    await button('Pause').click();
    await expect(status).toHaveAttribute('data-status', 'paused');
    await button('Resume').click();
    await button('Stop').click();
    await expect(status).toHaveAttribute('data-status', 'stopped');
    await expect(student).toContainText('It draws in 2 steps, after stage 1 of 2');
  });

  await test.step('another one, to the end: both draw from the same noise, and are measured', async () => {
    await type('Steps per stage', '2');
    await button('Distil').click();
    // The student of before was neither saved nor used.
    await page.getByRole('button', { name: 'New student' }).click();
    await expect(status).toHaveAttribute('data-status', 'finished');
    await expect(both).toContainText('4 training steps');
    await expect(evaluations('teacher')).toHaveText('4');
    await expect(evaluations('teacherInFew')).toHaveText('1');
    await expect(evaluations('student')).toHaveText('1');
    const digests = await Promise.all(['teacher', 'teacherInFew', 'student'].map((of) => digestOf(grid(of))));
    expect(new Set(digests).size).toBe(3);
    for (const of of ['teacher', 'teacherInFew', 'student'])
      await expect(both.locator(`tr[data-of="${of}"] [data-quantity="distance"]`)).toHaveText(/^\d/);
    await expect(student).toContainText('It draws in 1 step, after stage 2 of 2, 2 training steps');
  });

  await test.step('as a file it says how it was made', async () => {
    const waiting = page.waitForEvent('download');
    await student.getByRole('button', { name: 'Download' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('ddpm-digits-progressive-1-step.safetensors');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const file = Buffer.concat(chunks);
    const header = JSON.parse(file.subarray(8, 8 + Number(file.readBigUInt64LE())).toString());
    expect(header.__metadata__).toMatchObject({ dataset: 'digits', saw_held_out: 'false' });
    expect(JSON.parse(header.__metadata__.distilled)).toMatchObject({ teacher_steps: 4, student_steps: 1 });
  });

  await test.step('as the model of the page it is sampled in the steps that it has learned', async () => {
    await student.getByRole('button', { name: 'Use as model' }).click();
    await expect(student).toContainText('is the model in training now');
    await student.getByRole('link', { name: 'sample panel' }).click();
    const { sample } = playground;
    await expect(sample.getByRole('radio', { name: 'Yours' })).toBeChecked();
    await sample.getByRole('button', { name: /^Sample/ }).click();
    await expect(sample).toContainText('your model, 0 training steps · Flow, Euler, 1 step');
  });
  expect(playground.problems).toEqual([]);
});
