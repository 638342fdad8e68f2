import type { FormatOut, Role } from '../../api/http';

/** What a room of a kind has for a person with a role. */
export interface Manner {
  /** One may type to the AI. */
  writes: boolean;
  /** Pictures of oneself belong to it. */
  camera: boolean;
  /** Nobody talks with the AI: it is a silence. */
  silent: boolean;
  /** A written note is kept with it. */
  notes: boolean;
  /** Tasks and a timer. */
  focus: boolean;
  /** This person is the human coach. */
  coaches: boolean;
  /** There is a seat for one. */
  coached: boolean;
  /** This person opened it. */
  hosts: boolean;
  mayEnd: boolean;
}

/** Null: a kind that is not known (yet). Then nothing is kept from anybody; the server has the last word. */
export function mannerOf(format: FormatOut | null, role: Role | null): Manner {
  const takes = (what: FormatOut['modalities'][number]): boolean => format?.modalities.includes(what) ?? true;
  return {
    writes: takes('text'),
    camera: hasCamera(format),
    silent: takes('voice') && !takes('text'),
    notes: format?.notes ?? false,
    focus: format?.focus ?? false,
    coaches: role === 'coach',
    coached: format?.coached ?? false,
    hosts: role === 'host',
    mayEnd: role === 'host' || (role === 'member' && format?.ended_by !== 'host') || role === null,
  };
}

function hasCamera(format: FormatOut | null): boolean {
  return format === null || format.modalities.includes('camera') || 'camera' in format.defaults;
}
