import CSQLite

/// A value as SQLite stores it.
enum SQLValue: Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

/// A prepared statement, finalised with its value.
struct Statement: ~Copyable {
    /// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the text before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit {
        // Repeats the error of the last step, which was checked then.
        _ = sqlite3_finalize(pointer)
    }

    func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(pointer, index)
        case .integer(let number): sqlite3_bind_int64(pointer, index, number)
        case .real(let number): sqlite3_bind_double(pointer, index, number)
        // A text may be longer than an Int32 counts.
        case .text(let text):
            sqlite3_bind_text64(pointer, index, text, UInt64(text.utf8.count), Self.copied, UInt8(SQLITE_UTF8))
        }
    }

    /// For another run, with other values.
    func reset() {
        // Repeats the error of the last step, which was checked then.
        _ = sqlite3_reset(pointer)
    }

    func step() -> Int32 { sqlite3_step(pointer) }

    /// The row that the last step reached.
    var row: Row {
        let columns = (0..<sqlite3_column_count(pointer)).map {
            (String(cString: sqlite3_column_name(pointer, $0)), value($0))
        }
        return Row(Dictionary(columns) { first, _ in first })
    }

    private func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, column))
        default:
            let start = sqlite3_column_text(pointer, column)
            let text = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
            return .text(String(decoding: text, as: UTF8.self))
        }
    }
}
