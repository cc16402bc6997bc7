const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Text as it may stand between XML tags or in an attribute. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"'\r]/g, (sign) => entities[sign] ?? sign);
}

/** One element with text; nothing at all when there is no value. */
export function xmlElement(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${xmlText(String(value))}</${name}>`;
}
