import { expect, test } from 'vitest';
import { price } from './format';
import { refusalOf } from './refusals';

const failure = (status: number, code: string, message: string, members = {}) => ({ status, code, message, members });

test('a server that cannot be reached is called that', () => {
  expect(refusalOf(new TypeError('Failed to fetch')).text).toBe('The server cannot be reached.');
});

test('one that is open already is led back to', () => {
  const refusal = refusalOf(failure(409, 'session_open', 'One is open.', { session: 'ses_1' }));
  expect(refusal).toMatchObject({ to: '/s/ses_1', label: 'Go back to the open one' });
});

test('missing credits are a matter of credits', () => {
  expect(refusalOf(failure(402, 'not_enough_credits', '12 are missing.'))).toEqual({ text: '12 are missing.', credits: true });
});

test.each([
  [409, 'session_full', 'All 2 seats of this session are taken.'],
  [403, 'not_allowed', 'You may not join this session: only who was invited may.'],
  [404, 'session_not_found', 'There is no such session, or it is not yours.'],
  [503, 'unavailable', 'The store does not answer.'],
  [500, 'internal', ''],
  [502, 'http_error', ''],
])('%i %s says what to do, and shows no code', (status, code, message) => {
  const { text, hint } = refusalOf(failure(status, code, message));
  expect(hint).toBeTruthy();
  expect(`${text} ${hint ?? ''}`).not.toMatch(/_|\b\d{3}\b/);
});

test.each([
  [900, 'eur', '€9.00'],
  [900, 'jpy', '¥900'],
])('%i %s is %s', (amount, currency, shown) => expect(price(amount, currency)).toBe(shown));
