import { escapeHtml } from '../../domain/platform/mail.rules.ts';
import { renderPage } from '../http/page.ts';

const left = (address: string): string =>
  renderPage('You have unsubscribed', `<p>${escapeHtml(address)} gets no more messages of this kind.</p>`);

/** The form names no action: it is sent to the address of the page itself. */
export function unsubscribePage(link: { address: string; organization: string; isUnsubscribed: boolean }): string {
  if (link.isUnsubscribed) return left(link.address);
  return renderPage(
    'Unsubscribe?',
    `<p>${escapeHtml(link.address)} will get no more messages from ${escapeHtml(link.organization)}.</p>
<form method="post"><button>Unsubscribe</button></form>`,
  );
}

export const unsubscribedPage = left;
