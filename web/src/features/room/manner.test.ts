import { expect, test } from 'vitest';
import type { FormatOut } from '../../api/http';
import { mannerOf } from './manner';

const format = (told: Partial<FormatOut>): FormatOut =>
  ({ modalities: ['audio', 'text', 'voice'], defaults: {}, notes: false, focus: false, coached: false, ended_by: 'member', ...told }) as FormatOut;

test('a silence takes nothing that is written', () => {
  expect(mannerOf(format({ modalities: ['voice'], notes: true }), 'host')).toMatchObject({ silent: true, writes: false, notes: true });
});

test('a camera is there where the format has one', () => {
  expect(mannerOf(format({}), 'host').camera).toBe(false);
  expect(mannerOf(format({ modalities: ['camera', 'text', 'voice'] }), 'host').camera).toBe(true);
  expect(mannerOf(format({ defaults: { camera: false } }), 'host').camera).toBe(true);
});

test.each([
  ['host', 'host', true],
  ['member', 'host', false],
  ['member', 'member', true],
  ['guest', 'member', false],
  ['coach', 'member', false],
] as const)('a %s of a format that its %s ends may end it: %s', (role, endedBy, may) => {
  expect(mannerOf(format({ ended_by: endedBy }), role).mayEnd).toBe(may);
});

test('nothing is kept from anybody in a format that is not known', () => {
  expect(mannerOf(null, null)).toMatchObject({ writes: true, camera: true, silent: false, mayEnd: true });
});
