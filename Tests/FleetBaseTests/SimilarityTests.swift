import Testing

@testable import FleetBase

@Suite struct SimilarityTests {
    @Test func findsASlipOfTheFinger() {
        #expect(Similarity.nearest(to: "--hsots", among: ["--hosts", "--all"]) == "--hosts")
        #expect(Similarity.nearest(to: "lst", among: ["last"]) == "last")
    }

    /// Another letter is no slip where the letter is all there is.
    @Test func takesNoLetterForAnother() {
        #expect(Similarity.nearest(to: "-x", among: ["-q", "-v", "-h"]) == nil)
        #expect(Similarity.nearest(to: "-Q", among: ["-q", "-v"]) == "-q")
    }
}
