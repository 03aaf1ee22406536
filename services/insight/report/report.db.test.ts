import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrganization } from '../../../demo/build.ts';
import { scaled } from '../../../demo/definition.ts';
import { NORTHWIND } from '../../../demo/northwind.ts';
import { MODEL_CODES, type ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { executeToEnd } from '../../../test/attribution/execute.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing } from '../../../test/http/harness.ts';
import { SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { createVendor, ingestConversion, ingestInteraction } from '../../data/index.ts';
import { createRun, renderRunReport } from '../index.ts';

const CHROMIUM = '/usr/bin/chromium';
const MODELS = MODEL_CODES.slice(0, 5);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

async function report(tenant: TestTenant, name: string, models: readonly ModelCode[] = MODELS): Promise<string> {
  const config = { timeWindowHours: 720, models: [...models] };
  const { id } = await tenant.run((ctx) => createRun(ctx, { modelCode: 'TIME_DECAY', name, config }));
  await executeToEnd(tenant, id);
  return (await tenant.run((ctx) => renderRunReport(ctx, { runId: id }))).text;
}

/** The organization that a developer sees, a third of it. */
async function demo(): Promise<TestTenant> {
  const definition = scaled(NORTHWIND, 0.3);
  const [row] = await database.owner<[{ now: Date }]>`select now()`;
  await buildOrganization(database, testMailing, definition, row.now);
  const { organizationId } = definition;
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: row.now };
  return { organizationId, scope, run: (work) => inTransaction(database.app, scope, work) };
}

const EVIL = `<script>alert(1)</script><img src=x onerror="alert(2)">'{b}`;

async function evil(): Promise<TestTenant> {
  const tenant = await createTenant(database, EVIL);
  const customerIdentifiers = [{ type: 'external_id', value: 'p' }];
  const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour));
  await tenant.run((ctx) => createVendor(ctx, { code: 'evil', name: EVIL }));
  for (const [index, channel] of [EVIL.slice(0, 64), 'call'].entries()) {
    await tenant.run((ctx) =>
      ingestInteraction(ctx, {
        externalInteractionId: `t${index}`,
        channel,
        vendorCode: 'evil',
        startedAt: at(index),
        customerIdentifiers,
        participants: [{ role: 'agent' as const, externalId: EVIL.slice(0, 60), name: EVIL } as never],
      }),
    );
  }
  await tenant.run((ctx) =>
    ingestConversion(ctx, {
      externalEventId: 'c',
      eventType: 'purchase',
      customerIdentifiers,
      amountDecimal: '100.00',
      currency: 'USD',
      occurredAt: at(9),
      eventSource: 'shop',
    }),
  );
  return tenant;
}

describe('the report of a run', () => {
  it('is one page without scripts, handlers or requests, whatever names people give', async () => {
    const page = await report(await evil(), EVIL);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<img|<iframe|<link|<object|javascript:/i);
    // The only addresses are the names of SVG's own vocabularies.
    expect(
      [...page.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([url]) => url).filter((url) => !url.includes('www.w3.org')),
    ).toEqual([]);
    expect(page.replaceAll(/&[a-z#0-9]+;/g, '')).not.toMatch(/<[^>]+\son\w+=/i);
  });

  it('has the numbers of every chart in a table, and a title for each part', async () => {
    const page = await report(await evil(), 'Numbers');
    for (const id of ['models', 'agents', 'team', 'vendor', 'journeys', 'method']) expect(page).toContain(`id="${id}"`);
    const figures = [...page.matchAll(/<figure role="img" aria-label="([^"]+)"/g)].map(([, label]) => label!);
    expect(figures.length).toBeGreaterThanOrEqual(4);
    for (const label of figures) expect(label.length).toBeGreaterThan(20);
    expect(page.match(/<table>/g)!.length).toBeGreaterThanOrEqual(4);
    expect(page.match(/<caption>/g)!.length).toBe(page.match(/<table>/g)!.length);
    expect(page).toMatch(/USD&nbsp;100\.00|USD\u00a0100\.00/);
  });

  it('says so where there is nothing to show', async () => {
    const page = await report(await createTenant(database), 'Empty');
    expect(page).toContain('No conversion has a touch in its window.');
    expect(page).toContain('No journey has led to a conversion.');
  });

  it('is refused for a run without results', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'x', config: {} }));
    await expect(tenant.run((ctx) => renderRunReport(ctx, { runId: id }))).rejects.toMatchObject({
      code: 'RUN_NOT_COMPLETED',
    });
  });
});

/** What the test asks of a browser's document; the project has no types of browsers. */
interface BrowserElement {
  querySelectorAll(selector: string): Iterable<BrowserElement> & { length: number };
  getBoundingClientRect(): { height: number };
}
interface BrowserDocument extends BrowserElement {
  documentElement: { scrollWidth: number; clientWidth: number };
}

describe.skipIf(!existsSync(CHROMIUM))(`the report in a browser (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  }, 60_000);
  afterAll(() => browser?.close());

  it('shows every chart, fits the screen and the paper, asks nobody for anything and runs nothing', async () => {
    const text = await report(await demo(), 'Spring quarter, all channels');
    const folder = join(import.meta.dirname, '../../../test-results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'attribution-report.html'), text);
    const page = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    page.on('console', (message) => void said.push(message.text()));
    page.on('dialog', (dialog) => void said.push(dialog.message()));
    for (const [name, width] of [
      ['screen', 1280],
      ['phone', 390],
    ] as const) {
      await page.setViewport({ width, height: 900, deviceScaleFactor: 1 });
      await page.setContent(text, { waitUntil: 'load' });
      const facts = await page.evaluate(() => {
        const { document } = globalThis as unknown as { document: BrowserDocument };
        const charts = [...document.querySelectorAll('figure svg')];
        return {
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          charts: charts.length,
          drawn: charts.filter(
            (svg) => svg.querySelectorAll('path').length >= 3 && svg.getBoundingClientRect().height > 40,
          ).length,
          headings: document.querySelectorAll('h2').length,
        };
      });
      expect([name, facts.overflow]).toEqual([name, 0]);
      expect(facts.charts).toBeGreaterThanOrEqual(7);
      expect(facts.drawn).toBe(facts.charts);
      expect(facts.headings).toBeGreaterThanOrEqual(6);
      const picture = await page.screenshot({ fullPage: true, path: join(folder, `attribution-report-${name}.png`) });
      expect(picture.byteLength).toBeGreaterThan(50_000);
    }
    const paper = await page.pdf({ format: 'A4', printBackground: true, path: join(folder, 'attribution-report.pdf') });
    expect(Buffer.from(paper).subarray(0, 5).toString()).toBe('%PDF-');
    expect([asked.filter((url) => !url.startsWith('about:') && !url.startsWith('data:')), said]).toEqual([[], []]);
  }, 120_000);
});
