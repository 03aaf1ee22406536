/** What stands in the head of a mail: one line, whatever somebody has typed into a name. */
export const headerText = (text: string): string => {
  const line = text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return [...line].slice(0, 200).join('');
};

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export interface MailText {
  readonly subject: string;
  /** Paragraphs; a link stands alone in its own. */
  readonly paragraphs: readonly (string | { readonly label: string; readonly url: string })[];
}

/** The same words as plain text and as HTML; nothing of them can become markup or a header. */
export function renderMail({ subject, paragraphs }: MailText): { subject: string; text: string; html: string } {
  const text = paragraphs.map((part) => (typeof part === 'string' ? part : `${part.label}:\n${part.url}`)).join('\n\n');
  const html = paragraphs
    .map((part) =>
      typeof part === 'string'
        ? `<p>${escapeHtml(part)}</p>`
        : `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.label)}</a></p>`,
    )
    .join('\n');
  return {
    subject: headerText(subject),
    text: `${text}\n`,
    html: `<!doctype html>\n<html><body>\n${html}\n</body></html>\n`,
  };
}
