import { MODEL_CODES } from '../domain/insight/attribution.rules.ts';
import type { DemoDefinition } from './definition.ts';

/** A voice reseller: people and voice agents of four vendors, three months of work. */
export const NORTHWIND: DemoDefinition = {
  organizationId: '0195d000-0000-7000-8000-000000000001',
  name: 'Northwind Voice',
  keyFile: 'demo-key',
  seed: 20_260_101,
  prefix: 'nwv',
  people: 4_000,
  buyers: 1_350,
  strangers: 600,
  vendors: [
    { code: 'convin', name: 'Convin', costPerInteraction: '0.40', costPerMinute: '0.11', costCurrency: 'USD' },
    { code: 'callwave', name: 'Callwave', costPerMinute: '0.16', costCurrency: 'USD', dailyFee: 45 },
    { code: 'northstar', name: 'Northstar Dialer', costPerInteraction: '0.85', costCurrency: 'EUR' },
    { code: 'parlance', name: 'Parlance AI', costPerMinute: '0.07', costCurrency: 'USD', dailyFee: 120 },
  ],
  teams: [
    {
      name: 'Sales',
      teams: [
        {
          name: 'Sales Americas',
          agents: ['Ana Duarte', 'Brett Olsen', 'Chidi Okafor', 'Dana Whitfield', 'Eli Stern'],
        },
        { name: 'Sales Europe', agents: ['Freya Lindqvist', 'Gregor Maier', 'Hélène Roux', 'Ivo Petrov'] },
      ],
    },
    {
      name: 'Customer Success',
      agents: ['Jonas Falk'],
      teams: [
        { name: 'Onboarding', agents: ['Keiko Tanaka', 'Liam Byrne', 'Mona Aziz'] },
        { name: 'Renewals', agents: ['Nils Berg', 'Olivia Grant', 'Pedro Sousa'] },
      ],
    },
    {
      name: 'Voice Agents',
      teams: [
        { name: 'Voice Outbound', agents: ['Aria (voice)', 'Bo (voice)', 'Cleo (voice)'], vendorCode: 'convin' },
        { name: 'Voice Night Desk', agents: ['Dex (voice)', 'Echo (voice)'], vendorCode: 'parlance' },
        { name: 'Voice Follow-up', agents: ['Finn (voice)', 'Gia (voice)', 'Hal (voice)'], vendorCode: 'callwave' },
      ],
    },
  ],
  campaigns: [
    {
      name: 'brand-search',
      channel: 'web',
      source: 'google',
      medium: 'cpc',
      contents: ['landing-voice', 'landing-pricing'],
      from: 90,
      to: 1,
      dailySpend: 310,
      currency: 'USD',
    },
    {
      name: 'spring-launch',
      channel: 'web',
      source: 'google',
      medium: 'display',
      contents: ['banner-a', 'banner-b', 'video-tour'],
      from: 84,
      to: 40,
      dailySpend: 220,
      currency: 'USD',
    },
    {
      name: 'win-back',
      channel: 'email',
      source: 'newsletter',
      medium: 'email',
      contents: ['mail-offer', 'mail-story'],
      from: 60,
      to: 5,
      dailySpend: 28,
      currency: 'USD',
    },
    {
      name: 'webinar-series',
      channel: 'email',
      source: 'events',
      medium: 'email',
      contents: ['webinar-cost-per-call', 'webinar-attribution'],
      from: 75,
      to: 12,
      dailySpend: 55,
      currency: 'EUR',
    },
    {
      name: 'buyers-in-europe',
      channel: 'linkedin',
      source: 'linkedin',
      medium: 'paid-social',
      contents: ['carousel-roi', 'case-study-harbor'],
      from: 70,
      to: 1,
      dailySpend: 180,
      currency: 'EUR',
    },
    {
      name: 'renewal-reminder',
      channel: 'sms',
      source: 'crm',
      medium: 'sms',
      contents: ['sms-renewal'],
      from: 45,
      to: 1,
      dailySpend: 12,
      currency: 'USD',
    },
  ],
  runs: [
    {
      name: 'All models, one week',
      modelCode: 'TIME_DECAY',
      config: {
        timeWindowHours: 168,
        models: [...MODEL_CODES],
        customWeights: { first: 1, middle: 1, last: 2, channels: { sms: 0.5 } },
      },
    },
    { name: 'Equal shares, three days', modelCode: 'LINEAR', config: { timeWindowHours: 72 } },
    { name: 'Who opened the door', modelCode: 'FIRST_TOUCH', config: { timeWindowHours: 720 } },
  ],
};
