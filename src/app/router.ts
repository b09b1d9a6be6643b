import { LIST_PATHS, type RecordKind } from '#domain/record/kind.ts'
import { createRouter, type RouteRecordRaw, type RouterHistory } from 'vue-router'

/** Pages of a kind: its list and one record. The list stays alive so that it is found again as it was left. */
function kindRoutes(
  kind: RecordKind,
  list: RouteRecordRaw['component'],
  detail: RouteRecordRaw['component'],
): RouteRecordRaw[] {
  return [
    {
      path: LIST_PATHS[kind],
      name: `${kind}-list`,
      component: list as NonNullable<typeof list>,
      meta: { keep: true, tab: kind },
    },
    {
      path: `${LIST_PATHS[kind]}/:id`,
      name: kind,
      component: detail as NonNullable<typeof detail>,
      props: true,
      meta: { tab: kind, calls: kind },
    },
  ]
}

const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/HomePage.vue'),
    meta: { keep: true, tab: 'home', calls: true },
  },
  ...kindRoutes(
    'article',
    () => import('./pages/ArticleListPage.vue'),
    () => import('./pages/ArticlePage.vue'),
  ),
  ...kindRoutes(
    'project',
    () => import('./pages/ProjectListPage.vue'),
    () => import('./pages/ProjectPage.vue'),
  ),
  ...kindRoutes(
    'policy',
    () => import('./pages/PolicyListPage.vue'),
    () => import('./pages/PolicyPage.vue'),
  ),
  ...kindRoutes(
    'park',
    () => import('./pages/ParkListPage.vue'),
    () => import('./pages/ParkPage.vue'),
  ),
  ...kindRoutes(
    'listing',
    () => import('./pages/ListingListPage.vue'),
    () => import('./pages/ListingPage.vue'),
  ),
  ...kindRoutes(
    'guide',
    () => import('./pages/GuideListPage.vue'),
    () => import('./pages/GuidePage.vue'),
  ),
  {
    path: '/search',
    name: 'search',
    component: () => import('./pages/SearchPage.vue'),
    meta: { keep: true, tab: 'home' },
  },
  { path: '/compare', name: 'compare', component: () => import('./pages/ComparePage.vue'), meta: { tab: 'listing' } },
  {
    path: '/contact',
    name: 'contact',
    component: () => import('./pages/ContactPage.vue'),
    meta: { tab: 'me', form: true },
  },
  {
    path: '/settle',
    name: 'settlement',
    component: () => import('./pages/SettlementPage.vue'),
    meta: { tab: 'me', form: true },
  },
  { path: '/me', name: 'me', component: () => import('./pages/MePage.vue'), meta: { tab: 'me' } },
  {
    path: '/me/inquiries',
    name: 'inquiries',
    component: () => import('./pages/InquiriesPage.vue'),
    meta: { tab: 'me' },
  },
  {
    path: '/me/inquiries/:id',
    name: 'inquiry',
    component: () => import('./pages/InquiryPage.vue'),
    props: true,
    meta: { tab: 'me' },
  },
  {
    path: '/me/bookmarks',
    name: 'bookmarks',
    component: () => import('./pages/BookmarksPage.vue'),
    meta: { tab: 'me' },
  },
  { path: '/me/pack', name: 'pack', component: () => import('./pages/PackPage.vue'), meta: { tab: 'me' } },
  { path: '/me/storage', name: 'storage', component: () => import('./pages/StoragePage.vue'), meta: { tab: 'me' } },
  { path: '/me/privacy', name: 'privacy', component: () => import('./pages/PrivacyPage.vue'), meta: { tab: 'me' } },
  { path: '/:path(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
]

/** The pages, one route each. */
export function createPages(history: RouterHistory) {
  return createRouter({
    history,
    routes,
    // As the server reads addresses.
    sensitive: true,
    scrollBehavior: (to, from, saved) => {
      if (saved !== null) return saved
      if (to.hash !== '') return { el: to.hash, top: 64 }
      return to.path === from.path && to.query['page'] === from.query['page'] ? undefined : { top: 0 }
    },
  })
}
