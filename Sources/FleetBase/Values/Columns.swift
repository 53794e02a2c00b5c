import CLinux

extension String {
    /// How many columns of a terminal the text takes, which is on one line and harmless (``HostText``).
    package var columns: Int {
        utf8.allSatisfy { 0x20..<0x7F ~= $0 } ? utf8.count : reduce(0) { $0 + $1.columns }
    }

    /// The text, cut to so many columns at most; what is cut ends in `…`.
    package func cut(to limit: Int) -> String {
        guard columns > limit else { return self }
        guard limit > 0 else { return "" }
        var (result, left) = ("", limit - 1)
        for character in self {
            left -= character.columns
            guard left >= 0 else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// The text, its beginning cut where it takes more columns, for what differs at its end.
    package func cutInFront(to limit: Int) -> String {
        guard columns > limit else { return self }
        return String(String(reversed()).cut(to: limit).reversed())
    }

    /// Spaces after the text up to a width in columns.
    package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

    /// Spaces before the text up to a width in columns.
    package func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }
}

extension Character {
    /// What its scalars take by wcwidth(3) together: a letter with its marks, the parts of a Korean syllable, and the two
    /// letters of a flag come out right. Emoji that are made of several do not, see ``isEmojiSequence``.
    package var columns: Int { isEmojiSequence ? 2 : unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// Whether it is one picture although wcwidth(3), which sees one scalar at a time, counts its parts or its text form
    /// (Unicode Technical Standard 51): `❤️` by a variation selector, `👍🏽` by a skin tone, `👩‍🚀` by a joiner.
    ///
    /// Terminals that know of sequences show them in two columns. Older ones show the parts side by side; what is cut or
    /// padded by this is off there by some columns.
    private var isEmojiSequence: Bool {
        guard let first = unicodeScalars.first?.properties, first.isEmoji else { return false }
        return unicodeScalars.dropFirst().contains { scalar in
            switch scalar.value {
            case 0xFE0F: true
            case 0x200D: first.isEmojiPresentation
            default: scalar.properties.isEmojiModifier
            }
        }
    }
}

extension Unicode.Scalar {
    /// The width that wcwidth(3) tells. It answers -1 for control characters and for characters that are newer than the C
    /// library; for those Swift's own tables decide, which know more than those of Debian 12.
    fileprivate var columns: Int {
        guard !(0x20..<0x7F ~= value) else { return 1 }
        let known = Int(fleet_character_width(value))
        return known < 0 ? columnsOfUnknown : known
    }

    /// The ideographs of the planes 2 and 3 are wide, those to come too (Unicode Standard Annex 11, 5).
    private var columnsOfUnknown: Int {
        switch properties.generalCategory {
        case .control, .nonspacingMark, .enclosingMark, .format: 0
        default: properties.isEmojiPresentation || 0x20000...0x3FFFD ~= value ? 2 : 1
        }
    }
}
