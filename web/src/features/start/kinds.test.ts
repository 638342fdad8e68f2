import { expect, test } from 'vitest';
import type { FormatOut, PersonaOut } from '../../api/http';
import { factsOf, offersOf, personasFor } from './kinds';

const format = (told: Partial<FormatOut>): FormatOut =>
  ({ name: 'face_to_face', persona: 'iris', modalities: ['text', 'voice'], choices: [], length: null, time_limit_s: 2700, max_participants: 1, price: null, ...told }) as FormatOut;
const persona = (id: string, suits: string[]): PersonaOut => ({ id, suits }) as unknown as PersonaOut;

test('what needs an answer that nobody can choose from is not offered', () => {
  const open = { name: 'team', title: 'Which team?', options: {}, usual: null };
  expect(offersOf([format({}), format({ name: 'standup', choices: [open] }), format({ name: 'coaching' })]).map((one) => one.name)).toEqual(['face_to_face']);
});

test('its own persona comes first, and who does not suit is left out', () => {
  const personas = [persona('samuel', ['face_to_face']), persona('ada', ['coaching']), persona('iris', ['face_to_face']), persona('own', [])];
  expect(personasFor(format({}), personas).map((one) => one.id)).toEqual(['iris', 'samuel', 'own']);
});

test.each([
  [format({}), 'By voice or in writing · 45 min at most'],
  [format({ modalities: ['voice'], length: { usual: 10, least: 1, most: 60 } }), 'In silence · 1 to 60 min'],
  [format({ modalities: ['text'], time_limit_s: null }), 'In writing · No time limit'],
  [format({ time_limit_s: 43_200, max_participants: 12, price: { credits: 1, after_s: 0 } }), 'By voice or in writing · 12 h at most · Up to 12 people · 1 credit'],
])('%# in a few words', (one, facts) => expect(factsOf(one).join(' · ')).toBe(facts));
