import { convert } from 'html-to-text';
import sanitize from 'sanitize-html';
import { escapeHtml } from '../../../domain/platform/mail.rules.ts';

const LAYOUT = [
  'style',
  'class',
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'border',
  'dir',
  'lang',
  'title',
  'role',
];

/** What runs, or loads from anywhere but the web; a backslash would hide either. */
const LIVELY = /\\|expression\s*\(|behaviou?r\s*:|-moz-binding|@import|url\s*\(\s*['"]?\s*(?!https?:)/i;

/** The declarations of a style that only say how something looks. */
const safeStyle = (style: string): string =>
  style
    .split(';')
    .filter((declaration) => declaration.trim() !== '' && !LIVELY.test(declaration))
    .join(';');

const RULES: sanitize.IOptions = {
  allowedTags: [...sanitize.defaults.allowedTags, 'img', 'center', 'font', 'del', 'ins'],
  allowedAttributes: {
    '*': LAYOUT,
    a: ['href', 'name', 'target', 'rel'],
    img: ['src', 'alt'],
    table: ['cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    font: ['color', 'face', 'size'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
  allowProtocolRelative: false,
  transformTags: {
    '*': (tagName, attribs) => ({
      tagName,
      attribs: attribs.style === undefined ? attribs : { ...attribs, style: safeStyle(attribs.style) },
    }),
  },
  // What somebody wrote between the tags of a script is no text for a reader.
  nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'noscript'],
};

/** HTML without scripts, forms, frames, handlers and odd links; every attribute in double quotes. */
export const safeHtml = (html: string): string => sanitize(html, RULES).trim();

/** The same words for readers without HTML; links keep their addresses. */
export const textOfHtml = (html: string): string =>
  convert(html, {
    wordwrap: 78,
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ],
  }).trim();

/** A plain text as HTML: paragraphs where it has empty lines. */
export const htmlOfText = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br />')}</p>`)
    .join('\n');

const HREF = /(<a\b[^>]*?\shref=")(https?:\/\/[^"]*)(")/g;

/** Gives every web link another address. Takes what `safeHtml` wrote. */
export const rewriteLinks = (html: string, rewrite: (url: string) => string): string =>
  html.replace(HREF, (_, before: string, url: string, after: string) => {
    return `${before}${escapeHtml(rewrite(url.replaceAll('&amp;', '&')))}${after}`;
  });

export const pixel = (url: string): string =>
  `<img src="${escapeHtml(url)}" width="1" height="1" alt="" style="display:none" />`;
