/**
 * Consumer prices in France, all households, yearly averages, 2015 = 100 (INSEE). Chained from the yearly changes that the
 * World Bank publishes of it (FP.CPI.TOTL.ZG, France, as of July 2025: https://data.worldbank.org/indicator/FP.CPI.TOTL.ZG);
 * within 0.04 of INSEE's index of base 2015 as CNR reprints it (https://www.cnr.fr/espaces/14/indicateurs/80). A year is
 * added at the end when it is known; what was told with the years before stays as it is.
 */
export const PRICES: Readonly<Record<number, number>> = {
  2000: 79.93,
  2001: 81.24,
  2002: 82.8,
  2003: 84.54,
  2004: 86.35,
  2005: 87.85,
  2006: 89.33,
  2007: 90.66,
  2008: 93.21,
  2009: 93.29,
  2010: 94.72,
  2011: 96.72,
  2012: 98.61,
  2013: 99.46,
  2014: 99.96,
  2015: 100,
  2016: 100.18,
  2017: 101.22,
  2018: 103.09,
  2019: 104.23,
  2020: 104.73,
  2021: 106.45,
  2022: 112.01,
  2023: 117.47,
  2024: 119.82,
};

/** The index as answers name it. */
export const INDEX = {
  fr: 'indice des prix à la consommation de l’INSEE, ensemble des ménages, France, moyennes annuelles (base 2015)',
  en: 'INSEE consumer price index, all households, France, yearly averages (2015 = 100)',
  baseYear: 2015,
} as const;

/** The price of a year against that of 2015; undefined where the index does not reach it. */
export function priceOfYear(year: number): number | undefined {
  const index = PRICES[year];
  return index === undefined ? undefined : index / 100;
}
