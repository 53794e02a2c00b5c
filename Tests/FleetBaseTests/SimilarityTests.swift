import Testing

@testable import FleetBase

@Suite struct SimilarityTests {
    @Test func findsASlipOfTheFinger() {
        #expect(Similarity.nearest(to: "--hsots", among: ["--hosts", "--all"]) == "--hosts")
        #expect(Similarity.nearest(to: "lst", among: ["last"]) == "last")
        #expect(Similarity.nearest(to: "b", among: ["a", "long"]) == "a")
    }

    @Test func takesNoOptionOfOneLetterForAnother() {
        #expect(Similarity.nearest(to: "-x", among: ["-q", "-v", "-h"]) == nil)
        #expect(Similarity.nearest(to: "-Q", among: ["-q", "-v"]) == "-q")
    }
}
