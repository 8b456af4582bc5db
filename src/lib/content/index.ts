export * from './site';
export { hrefOf } from './references';
export { pagesOf, sitemap } from './sitemap';
