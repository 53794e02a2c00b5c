/// One step of libyaml through a document, copied out of C.
struct YAMLEvent {
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }

    let kind: Kind
    let anchor: String?
    let tag: String?
    let isFlow: Bool
    let start: SourceMark
    let end: SourceMark
}
