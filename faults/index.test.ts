import { expect, it } from 'vitest';
import { SUITES } from './index.ts';

it('every trial has an id of its own, which the command line can name', () => {
  const ids = Object.values(SUITES).flatMap((trials) => trials.map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => id in SUITES)).toEqual([]);
});
