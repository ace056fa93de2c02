// What a page says of itself besides its text: `meta`, `link`, `time` and JSON-LD.

import EvIndex

/// Collects what is known of a page; of two sources the more telling one wins.
struct HTMLMetadata {
  /// A value, and how telling its source is; the lower the better.
  private struct Ranked {
    var value: String?
    private var rank = Int.max

    mutating func take(_ new: String?, rank newRank: Int) {
      guard let new, newRank < rank else { return }
      value = new
      rank = newRank
    }
  }

  private var date = Ranked()
  private var source = Ranked()
  private var language = Ranked()
  private var url = Ranked()
  private var tags: [String] = []

  /// What was found.
  var metadata: Document.Metadata {
    Document.Metadata(
      date: date.value, source: source.value, language: language.value, url: url.value, tags: tags)
  }

  /// Takes the element `html`.
  mutating func takeRoot(_ element: HTMLElement) {
    language.take(element.string("lang") ?? element.string("xml:lang"), rank: 0)
  }

  /// Takes an element `meta`.
  mutating func takeMeta(_ element: HTMLElement) {
    guard let content = element.string("content") else { return }
    let name =
      element.string("property") ?? element.string("name") ?? element.string("itemprop")
      ?? element.string("http-equiv")
    switch name?.lowercased() {
    case "article:published_time", "datepublished": date.take(content, rank: 0)
    case "date", "pubdate", "publishdate", "publish-date", "publication_date", "publish_date",
      "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
      "parsely-pub-date", "sailthru.date":
      date.take(content, rank: 1)
    case "og:site_name": source.take(content, rank: 0)
    case "publisher", "dc.publisher", "dcterms.publisher", "source": source.take(content, rank: 1)
    case "application-name": source.take(content, rank: 3)
    case "language", "content-language", "dc.language", "dcterms.language":
      language.take(content, rank: 1)
    case "og:locale":
      language.take(String(content.map { $0 == "_" ? "-" : $0 }), rank: 3)
    case "og:url": url.take(content, rank: 1)
    case "keywords", "news_keywords": addTags(content.split(separator: ","))
    case "article:tag": addTags([content[...]])
    default: break
    }
  }

  /// Takes an element `link`.
  mutating func takeLink(_ element: HTMLElement) {
    guard element.string("rel")?.lowercased() == "canonical" else { return }
    url.take(element.string("href"), rank: 0)
  }

  /// Takes an element `time`.
  mutating func takeTime(_ element: HTMLElement) {
    let isPublished =
      element.string("itemprop") == "datePublished" || element.attribute("pubdate") != nil
    date.take(element.string("datetime"), rank: isPublished ? 2 : 4)
  }

  /// Takes the content of a script of JSON-LD.
  mutating func takeData(_ json: [UInt8]) {
    guard let article = JSONRecordParser()?.article(json) else { return }
    date.take(article.date, rank: 0)
    language.take(article.language, rank: 2)
    source.take(article.source, rank: 2)
    url.take(article.url, rank: 2)
    if tags.isEmpty { addTags(article.tags.flatMap { $0.split(separator: ",") }) }
  }

  private mutating func addTags(_ new: [Substring]) {
    for tag in new {
      let bytes = Array(tag.utf8).trimmed
      let tag = String(decoding: bytes, as: UTF8.self)
      if !tag.isEmpty, tags.count < 256, !tags.contains(tag) { tags.append(tag) }
    }
  }
}
