/// All postings of one term of a segment.
struct PostingsList: Sendable {
  /// The documents, ascending.
  var documents: [UInt32] = []
  /// Occurrences in each.
  var frequencies: [UInt32] = []
  /// Positions as differences: in each document the first from 0, the others from the one before.
  var differences: [UInt32] = []
  /// The postings with occurrences in titles or headings, ascending.
  var fields: [Field] = []

  /// How many of a posting's occurrences are not in the body.
  struct Field: Sendable, Equatable {
    /// The posting's place in the list.
    var posting: Int
    /// Occurrences in the title.
    var title: UInt32
    /// Occurrences in headings.
    var heading: UInt32
  }

  /// Appends what a document has of each term of its fields.
  mutating func append(fieldOf document: UInt32) {
    documents.append(document)
    frequencies.append(1)
    differences.append(0)
  }

  /// Makes room for so many postings, without their positions.
  mutating func reserveCapacity(documents count: Int) {
    documents.reserveCapacity(count)
    frequencies.reserveCapacity(count)
  }

  /// Appends the postings of another list, which come behind, but not their positions.
  mutating func append(documentsOf other: PostingsList) {
    for var field in other.fields {
      field.posting += documents.count
      fields.append(field)
    }
    documents += other.documents
    frequencies += other.frequencies
  }

  /// Forgets the postings and keeps the memory.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    differences.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
  }
}
