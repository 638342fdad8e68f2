/** What was pasted, as the set-up's answer: the text itself, or where it stands. */
export function answersOf(text: string): Record<string, string> {
  const pasted = text.trim();
  return isAddress(pasted) ? { url: pasted } : { description: pasted };
}

function isAddress(text: string): boolean {
  return /^(https?:\/\/)?[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/i.test(text) || /^https?:\/\/\S+$/i.test(text);
}
