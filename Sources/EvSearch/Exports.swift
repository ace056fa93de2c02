// What `import EvSearch` brings: the types that a user of the library names.

@_exported public import struct EvAnalysis.Analyzer
@_exported public import struct EvIndex.CalendarDate
@_exported public import struct EvIndex.Document
@_exported public import enum EvIndex.FileState
@_exported public import enum EvIndex.IndexError
@_exported public import struct EvIndex.IndexedFiles
@_exported public import struct EvIndex.SkippedFile
@_exported public import struct EvIndex.SourceMap
@_exported public import struct EvIndex.SourcePosition
@_exported public import struct EvPassages.Highlight
@_exported public import struct EvPassages.Passage
@_exported public import struct EvQuery.BM25
@_exported public import enum EvQuery.DatePeriod
@_exported public import enum EvQuery.Facet
@_exported public import struct EvQuery.FacetCounts
@_exported public import enum EvQuery.Filter
@_exported public import enum EvQuery.HitOrder
@_exported public import enum EvQuery.MatchKind
@_exported public import struct EvQuery.MatchWeights
@_exported public import struct EvQuery.Near
@_exported public import struct EvQuery.Phrase
@_exported public import struct EvQuery.PlanExplanation
@_exported public import enum EvQuery.Query
@_exported public import struct EvQuery.Suggestion
@_exported public import struct EvQuery.Variant
