/** Texts of strangers on a terminal: control and direction characters could rewrite the screen, so they are shown as a mark. */
export function plainLine(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
}
