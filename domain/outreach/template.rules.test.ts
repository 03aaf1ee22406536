import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../platform/mail.rules.ts';
import { placesOf, renderTemplate, strayBraces } from './template.rules.ts';

const source = (text: string) => ({ subject: text, html: `<p>${text}</p>`, text });

describe('a template', () => {
  it('finds a value in either casing, at any depth, and as a name with dots', () => {
    const values = { firstName: 'Ada', deal: { closeDate: '2026-07-01', amount: 5 }, 'a.b': 'dotted', is_new: false };
    const { text, missing } = renderTemplate(
      source('{{firstName}} {{first_name}} {{ deal.close_date }} {{deal.amount}} {{a.b}} {{isNew}}'),
      values,
      { missing: 'refuse' },
    );
    expect(text).toBe('Ada Ada 2026-07-01 5 dotted false');
    expect(missing).toEqual([]);
  });

  it('takes the default of the place, then of the declaration, and names what is missing', () => {
    const rendered = renderTemplate(
      source('Hi {{firstName | default: "there"}}, {{company|your company}}, {{title}}, {{city}}'),
      { firstName: '  ', title: null },
      { missing: 'keep', variables: [{ name: 'title', default: 'friend' }] },
    );
    expect(rendered.text).toBe('Hi there, your company, friend, {{city}}');
    expect(rendered.defaulted).toEqual(['firstName', 'company', 'title']);
    expect(rendered.missing).toEqual(['city']);
    expect(renderTemplate(source('a{{city}}b'), {}, { missing: 'blank' }).text).toBe('ab');
  });

  it('never lets a value become markup, nor a value become a place of its own', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const { html } = renderTemplate(source('{{x}}'), { x: value, y: 'never' }, { missing: 'blank' });
        expect(html).toBe(`<p>${value.trim() === '' ? '' : escapeHtml(value)}</p>`);
      }),
    );
    expect(renderTemplate(source('{{x}}'), { x: '{{y}}', y: 'never' }, { missing: 'blank' }).text).toBe('{{y}}');
  });

  it('reaches no prototype and no function, and tells braces that are no place', () => {
    const { missing } = renderTemplate(
      source('{{constructor.name}} {{__proto__.x}} {{f}}'),
      { f: () => 1 },
      { missing: 'blank' },
    );
    expect(missing).toEqual(['constructor.name', '__proto__.x', 'f']);
    expect(placesOf(source('{{a}} {{ b | c }} {{a}}'))).toEqual(['a', 'b']);
    expect(strayBraces({ subject: '{{ first name }}', html: 'ok {{a}}', text: '{{' })).toEqual(['subject', 'text']);
  });
});
