import { escapeHtml } from '../../../domain/platform/mail.rules.ts';
import type { LinkSigner } from '../links.ts';
import { htmlOfText, pixel, rewriteLinks, safeHtml, textOfHtml } from './html.ts';

export interface Composition {
  readonly emailId: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly signatureHtml: string | null;
  /** Marketing and sequences: how to be left alone, and who writes. */
  readonly footer: { readonly postalAddress: string | null } | null;
  readonly trackOpens: boolean;
  readonly trackClicks: boolean;
}

export interface Composed {
  /** As it is shown in the product. */
  readonly html: string;
  readonly text: string;
  /** As it leaves: links and pixel go through signed addresses. */
  readonly sentHtml: string;
  readonly sentText: string;
  /** Where each signed link leads; a token names its place in this list and no address. */
  readonly links: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface LinkPlace {
  readonly signer: LinkSigner;
  readonly linkUrl: string;
  readonly replyDomain: string | null;
}

const path = ({ linkUrl }: LinkPlace, rest: string): string => `${linkUrl}/api/v1/emails/${rest}`;

/** Makes the HTML safe, derives the part that is missing, and adds signature, footer, links and pixel. */
export function compose(message: Composition, place: LinkPlace): Composed {
  const { emailId } = message;
  const body = message.html === null ? htmlOfText(message.text ?? '') : safeHtml(message.html);
  const signature = message.signatureHtml ? `\n<div>${message.signatureHtml}</div>` : '';
  const html = `${body}${signature}`;
  const text =
    message.text === null
      ? textOfHtml(html)
      : [message.text, ...(signature ? [textOfHtml(signature)] : [])].join('\n\n-- \n');
  const unsubscribe = message.footer ? path(place, `unsubscribe/${place.signer.sign('unsubscribe', emailId)}`) : null;
  const links: string[] = [];
  const rewritten = message.trackClicks
    ? rewriteLinks(html, (url) => {
        const known = links.indexOf(url);
        const index = known >= 0 ? known : links.push(url) - 1;
        return path(place, `track/click/${place.signer.sign('click', emailId, index)}`);
      })
    : html;
  const seen = message.trackOpens ? `\n${pixel(path(place, `track/open/${place.signer.sign('open', emailId)}`))}` : '';
  const footer = footerOf(message.footer, unsubscribe);
  return {
    html,
    text,
    sentHtml: `<!doctype html>\n<html><body>\n${rewritten}${footer.html}${seen}\n</body></html>\n`,
    sentText: `${text}${footer.text}\n`,
    links,
    headers: unsubscribe === null ? {} : unsubscribeHeaders(unsubscribe, emailId, place),
  };
}

function footerOf(footer: Composition['footer'], url: string | null): { html: string; text: string } {
  if (footer === null || url === null) return { html: '', text: '' };
  const address = footer.postalAddress?.replace(/\s*\n\s*/g, ', ') ?? null;
  const shown = address === null ? '' : `${escapeHtml(address)}<br />`;
  return {
    html: `\n<p style="font-size:12px;color:#666">${shown}<a href="${escapeHtml(url)}">Unsubscribe</a></p>`,
    text: `\n\n--\n${address === null ? '' : `${address}\n`}Unsubscribe: ${url}`,
  };
}

/** RFC 2369 and 8058: one click, without a page in between. */
function unsubscribeHeaders(url: string, emailId: string, { signer, replyDomain }: LinkPlace): Record<string, string> {
  const mail =
    replyDomain === null
      ? ''
      : `, <mailto:unsubscribe+${signer.signReply(emailId)}@${replyDomain}?subject=unsubscribe>`;
  return { 'List-Unsubscribe': `<${url}>${mail}`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
