import { expect, test } from 'vitest';
import { answersOf } from './answers';

test.each(['https://example.org/jobs/17', 'example.org/jobs/17?a=b', ' jobs.example.org ', 'http://localhost:8080/job'])('%s is an address', (text) => {
  expect(answersOf(text)).toEqual({ url: text.trim() });
});

test.each(['Data engineer. You know SQL.', 'We look for example.org people', 'Developer'])('%s is the text itself', (text) => {
  expect(answersOf(text)).toEqual({ description: text });
});
