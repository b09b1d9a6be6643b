import type { NewsArticle, Project as ProjectThing } from 'schema-dts'
import type { Article } from '#domain/record/article.ts'
import type { Project } from '#domain/record/project.ts'
import { known } from './known.ts'
import { partId, type RecordPage, writtenWork } from './record-page.ts'

/**
 * 资讯 as schema.org/NewsArticle. Whom it names as its author may be a person or an office: that is a credit, where `author`
 * would have to say which.
 */
export function articleThing(page: RecordPage<Article>): NewsArticle {
  const { record } = page
  return known({
    '@type': 'NewsArticle',
    '@id': partId(page, 'article'),
    ...writtenWork(page),
    headline: record.title,
    articleSection: record.column,
    creditText: record.author,
  })
}

/**
 * 招商项目 as schema.org/NewsArticle: what is published of a project is a piece of news with a date. Where it also says who
 * invests or where, it is `about` a schema.org/Project, to which those facts belong.
 */
export function projectThing(page: RecordPage<Project>): NewsArticle {
  const { record } = page
  return known({
    '@type': 'NewsArticle',
    '@id': partId(page, 'article'),
    ...writtenWork(page),
    headline: record.title,
    about: aboutProject(page),
  })
}

function aboutProject(page: RecordPage<Project>): ProjectThing | undefined {
  const { title, investor, site } = page.record
  if (investor === undefined && site === undefined) return undefined
  return known({
    '@type': 'Project',
    '@id': partId(page, 'project'),
    name: title,
    funder: investor === undefined ? undefined : ({ '@type': 'Organization', name: investor } as const),
    location: site === undefined ? undefined : ({ '@type': 'Place', name: site } as const),
  })
}
