export {
  createExchangeRate,
  deleteExchangeRate,
  type ExchangeRateInput,
  type ExchangeRateView,
  listExchangeRates,
  putExchangeRates,
  type StoredRates,
} from './exchange-rates.ts';
