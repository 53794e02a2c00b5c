import CLibrary

/// A text with blanks such as `{steps}`, from the folder `drawing` beside the program.
struct Template {
    private var text: [UInt8] = []

    init(_ name: String) throws(Options.Problem) {
        var program = [CChar](repeating: 0, count: 4096)
        readlink("/proc/self/exe", &program, program.count - 1)
        let path = String(cString: dirname(&program)) + "/drawing/" + name
        guard let file = fopen(path, "r") else {
            throw Options.Problem(text: "cannot read \(path): \(String(cString: last_error()))")
        }
        defer { fclose(file) }
        while case let byte = getc(file), byte != EOF { text.append(UInt8(byte)) }
    }

    /// Braces that hold no name of a blank stay.
    func filled(_ blanks: [(name: String, value: [UInt8])]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            let blank =
                byte == UInt8(ascii: "{") ? blanks.first { rest.starts(with: Array(($0.name + "}").utf8)) } : nil
            guard let blank else {
                result.append(byte)
                continue
            }
            result += blank.value
            rest = rest.dropFirst(blank.name.utf8.count + 1)
        }
        return result
    }
}
