// What `import EvSearch` brings: the types that a user of the library names.

@_exported public import struct EvAnalysis.Analyzer
@_exported public import struct EvIndex.Document
@_exported public import enum EvIndex.IndexError
@_exported public import struct EvIndex.SkippedFile
@_exported public import struct EvIndex.SourceMap
@_exported public import struct EvIndex.SourcePosition
@_exported public import struct EvPassages.Highlight
@_exported public import struct EvPassages.Passage
@_exported public import struct EvQuery.BM25
@_exported public import enum EvQuery.Query
