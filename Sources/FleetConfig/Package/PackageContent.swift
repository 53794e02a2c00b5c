package import FleetBase

/// Which files of a package's folder belong to the package.
package struct PackageContent: Sendable, Hashable {
    /// Nil takes everything that no rule leaves out.
    private let included: [PathPattern]?
    /// The last one that fits a path counts.
    private var rules: [LeaveOutRule]
    /// What the build step leaves is taken wherever it lies.
    private let outputs: [String]
    private let outputPatterns: [PathPattern]

    /// - Parameters:
    ///   - excluded: lines of `exclude:`; each is a pattern, or `!` and a pattern.
    ///   - bases: paths of what images are made from.
    init(included: [String]?, excluded: [String], bases: [String] = [], outputs: [String]) {
        self.included = included?.map { PathPattern($0) }
        rules =
            LeaveOutRule.usual + excluded.map { LeaveOutRule(Array($0.utf8), .excluded) }
            + bases.map { LeaveOutRule(literal: $0, .image) }
        self.outputs = outputs
        outputPatterns = outputs.map { PathPattern($0) }
    }

    private init(_ content: PackageContent, rules: [LeaveOutRule], outputs: [String]) {
        included = content.included
        (self.rules, self.outputs, outputPatterns) = (rules, outputs, outputs.map { PathPattern($0) })
    }

    /// With the lines of a `.fleetignore`, which `exclude:` may contradict.
    package func reading(ignoreFile bytes: [UInt8]) -> PackageContent {
        let (usual, own) = (rules.filter { $0.origin == .usual }, rules.filter { $0.origin != .usual })
        return PackageContent(self, rules: usual + LeaveOutRule.rules(in: bytes) + own, outputs: outputs)
    }

    /// Without those of the outputs that are not among `kept`.
    func leavingOut(outputsBut kept: [String]) -> PackageContent {
        let gone = outputs.filter { !kept.contains($0) }.map { LeaveOutRule(Array("/\($0)".utf8), .engine) }
        return PackageContent(self, rules: rules + gone, outputs: kept)
    }

    /// Whether a file belongs to the package, by the rules for its folders too.
    package func contains(_ path: RelativePath) -> Bool {
        var folder: LeaveOutRule?
        let names = path.components
        for index in names.indices {
            let isFolder = index < names.count - 1
            guard let part = BytePath(names[...index].joined(separator: "/").utf8) else { return false }
            folder = rule(leavingOut: part, isFolder: isFolder, inside: folder)
        }
        return folder == nil
    }

    /// The rule that leaves a path out; nil for what belongs to the package, and for a folder that may hold some of it.
    ///
    /// - Parameter folder: the rule that leaves out the folder in which the path lies.
    package func rule(leavingOut path: BytePath, isFolder: Bool, inside folder: LeaveOutRule?) -> LeaveOutRule? {
        if outputPatterns.contains(where: { $0.covers(path, isFolder: isFolder) }) { return nil }
        if let rule = folder ?? lastRule(for: path, isFolder: isFolder) { return rule }
        guard let included, !isFolder else { return nil }
        return included.contains { $0.covers(path) } ? nil : .notIncluded
    }

    private func lastRule(for path: BytePath, isFolder: Bool) -> LeaveOutRule? {
        let rule = rules.last { $0.pattern.matches(path, isFolder: isFolder) }
        return rule?.isNegated == true ? nil : rule
    }

    /// Whether a folder that a rule leaves out may hold something of the package all the same.
    package func reaches(into folder: BytePath, leftOutBy rule: LeaveOutRule) -> Bool {
        // A root file system is not looked through: it may hold what no package can.
        guard rule.origin != .image else { return false }
        return outputPatterns.contains { $0.mayCover(below: folder) && (rule.origin != .usual || $0.isAnchored) }
    }

    /// Whether a path is one of the leavings that no build reads: see ``LeaveOutRule/usual``.
    package func isLeaving(_ path: BytePath, isFolder: Bool) -> Bool {
        lastRule(for: path, isFolder: isFolder)?.origin == .usual
    }
}
