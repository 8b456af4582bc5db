import site from 'virtual:site';

/** The validated content of this build. Server-only: pages hand on just what they show. */
export default site;
