extension Unicode.Scalar {
    /// Whether it may be shown as it is, whoever wrote it: the one table for text of hosts (``HostText``) and for names of
    /// files (``ShownBytes``).
    ///
    /// Harmful are control characters (ECMA-48: C0, DEL, C1), what begins a line, what turns the direction of writing
    /// around (Unicode Standard Annex 9, 2) or has no width, and what no table tells the looks of. The two joiners have no
    /// width either, but letters and emoji are made with them.
    package var isHarmless: Bool {
        guard value >= 0x7F else { return value >= 0x20 }
        return switch properties.generalCategory {
        case .format: value == 0x200C || value == 0x200D
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }
}
