import { escapeHtml } from '../../domain/platform/mail.rules.ts';
import type { SurveyOnPage } from '../../services/service/index.ts';
import { renderPage } from '../http/page.ts';

const SCORES = [
  [1, 'Not at all'],
  [2, 'Hardly'],
  [3, 'So-so'],
  [4, 'Satisfied'],
  [5, 'Very satisfied'],
] as const;

const choice = ([score, words]: (typeof SCORES)[number]): string =>
  `<label><input type="radio" name="score" value="${score}" required> ${score} ${words}</label><br>`;

/** The form names no action: it is sent to the address of the page itself. */
export function surveyPage({ state, number, subject }: SurveyOnPage): string {
  if (state === 'answered') return renderPage('Thank you', '<p>Your answer has been written down.</p>');
  if (state === 'over')
    return renderPage('This survey is over', '<p>Reply to our mail if something is still open.</p>');
  return renderPage(
    'How did we do?',
    `<p>Your question “${escapeHtml(subject)}” (#${number}) is resolved. How satisfied are you with our help?</p>
<form method="post"><fieldset>${SCORES.map(choice).join('')}</fieldset>
<p><textarea name="comment" rows="4" maxlength="5000" placeholder="Anything you want to tell us"></textarea></p>
<button>Send</button></form>`,
  );
}
