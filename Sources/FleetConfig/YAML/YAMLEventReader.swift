import CYAML
import FleetBase

/// libyaml's parser over a text in memory.
struct YAMLEventReader: ~Copyable {
    let file: String
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let offsets: CharacterOffsets

    init(bytes: [UInt8], file: String) {
        self.file = file
        offsets = CharacterOffsets(bytes)
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("no memory for a YAML parser") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    mutating func next() throws(ConfigError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
        defer { yaml_event_delete(&event) }
        return copy(event)
    }

    private func copy(_ event: yaml_event_t) -> YAMLEvent {
        var anchor: UnsafeMutablePointer<yaml_char_t>?
        var tag: UnsafeMutablePointer<yaml_char_t>?
        var isFlow = false
        let kind: YAMLEvent.Kind
        switch event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias(String(cString: event.data.alias.anchor))
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            (anchor, tag) = (scalar.anchor, scalar.tag)
            let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = .scalar(String(decoding: text, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            (anchor, tag, isFlow) = (sequence.anchor, sequence.tag, sequence.style == YAML_FLOW_SEQUENCE_STYLE)
            kind = .sequenceStart
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            (anchor, tag, isFlow) = (mapping.anchor, mapping.tag, mapping.style == YAML_FLOW_MAPPING_STYLE)
            kind = .mappingStart
        default: preconditionFailure("libyaml knows no other events")
        }
        return YAMLEvent(
            kind: kind, anchor: anchor.map { String(cString: $0) }, tag: tag.map { String(cString: $0) },
            isFlow: isFlow,
            start: mark(event.start_mark), end: mark(event.end_mark))
    }

    private func mark(_ mark: yaml_mark_t) -> SourceMark {
        SourceMark(line: mark.line + 1, column: mark.column + 1, offset: offsets[mark.index])
    }

    private var syntaxError: ConfigError {
        // A reader error (bytes that are not UTF-8) happens ahead of the parser, so only its byte offset is right.
        let mark =
            parser.pointee.error == YAML_READER_ERROR
            ? offsets.mark(ofByte: parser.pointee.problem_offset) : mark(parser.pointee.problem_mark)
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no memory"
        let isTab = mark.offset < input.count && input[mark.offset] == UInt8(ascii: "\t")
        return ConfigError(
            .syntax, at: SourcePlace(file: file, mark: mark), Message("not valid YAML: \(problem)"),
            hint: isTab ? Message("indent with spaces: YAML allows no tabs there") : nil)
    }
}
