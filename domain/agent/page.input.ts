import { z } from 'zod';
import { DATA_RULE, type Prompt, quoted } from './prompt.input.ts';
import { LONGEST_QUOTE, quotesByRules, type WebPage } from './web-page.rules.ts';

interface PageInput {
  readonly company: string;
  readonly page: WebPage;
}

/** A quarantined reader of web pages: it can only point at sentences, which are looked up in the page afterwards. */
export const pagePrompt: Prompt<PageInput, { quotes: string[] }> = {
  name: 'page-reader',
  version: 1,
  purpose: 'research',
  system: `You read one page of a company's website and choose up to three sentences in which the company says what it does, for whom, or what is new there.
Copy each sentence exactly as it stands, of at most ${LONGEST_QUOTE} characters. Choose none if there is none.
${DATA_RULE}`,
  maxOutputTokens: 500,
  output: z.strictObject({ quotes: z.array(z.string().max(1_000)).max(5) }),
  render: ({ company, page }) => `${quoted('COMPANY', company, 100)}\n${quoted('PAGE', page.text, 8_000)}`,
  offline: ({ page }) => ({ quotes: quotesByRules(page) }),
};
