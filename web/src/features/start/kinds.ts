import type { FormatOut, PersonaOut } from '../../api/http';
import { en } from '../../i18n/en';

/** The kind that the start page opens at a press. */
export const USUAL = 'coaching';

/** Those that can be opened with what is asked for here: all else has a usual answer, or is asked for before one goes in. */
export function offersOf(formats: readonly FormatOut[]): FormatOut[] {
  return formats.filter((one) => one.name !== USUAL && one.choices.every((choice) => choice.usual !== null || hasOptions(choice)));
}

function hasOptions({ options }: FormatOut['choices'][number]): boolean {
  return Object.keys(options).length > 0;
}

/** Who the AI can be in a kind of session; its own first. */
export function personasFor(format: Pick<FormatOut, 'name' | 'persona'>, personas: readonly PersonaOut[]): PersonaOut[] {
  const suiting = personas.filter((one) => one.suits.length === 0 || one.suits.includes(format.name));
  return [...suiting.filter((one) => one.id === format.persona), ...suiting.filter((one) => one.id !== format.persona)];
}

/** In a few words: how one talks, how long, with how many, what it costs. */
export function factsOf(format: FormatOut): string[] {
  return [waysOf(format), lengthOf(format), ...peopleOf(format), ...costOf(format)];
}

function waysOf({ modalities }: FormatOut): string {
  if (!modalities.includes('voice')) return en.format.writing;
  return modalities.includes('text') ? en.format.voice : en.format.silence;
}

function lengthOf({ length, time_limit_s: limitS }: FormatOut): string {
  if (length !== null) return en.format.between(length.least, length.most);
  if (limitS === null) return en.format.unlimited;
  return limitS < 2 * 3600 ? en.format.minutes(Math.round(limitS / 60)) : en.format.hours(Math.round(limitS / 3600));
}

function peopleOf({ max_participants: most }: FormatOut): string[] {
  return most > 1 ? [en.format.people(most)] : [];
}

function costOf({ price }: FormatOut): string[] {
  return price === null ? [] : [en.credits.cost(price.credits)];
}
