import FleetBase
import FleetTesting
import Testing
@testable import FleetRuns

/// A host forgets no job whose results a power cut on the master could still take.
@Suite struct ResultDiskTests {
    /// A disk that counts how often it is asked, and may refuse.
    private final class CountingDisk: Sendable {
        let count = Shared(0)
        let works = Shared(true)

        func sync(_ folder: String) -> Bool {
            count.change { $0 += 1 }
            return works.value
        }
    }

    @Test func oneWriteIsForAllThatCameBefore() async {
        let counting = CountingDisk()
        let disk = ResultDisk("/none", sync: { counting.sync($0) })
        for number in 1...100 {
            #expect(await disk.note() == number)
            #expect(await disk.reached() == 0)
        }
        #expect(await disk.settle())
        #expect(await disk.reached() == 100)
        #expect(await disk.settle())
        #expect(counting.count.value == 1)
    }

    @Test func manyResultsAreWrittenWithoutBeingWaitedFor() async {
        let counting = CountingDisk()
        let disk = ResultDisk("/none", sync: { counting.sync($0) })
        for _ in 1...256 { _ = await disk.note() }
        #expect(await eventually { await disk.reached() == 256 })
        #expect(counting.count.value == 1)
    }

    @Test func nothingIsSafeOnADiskThatFails() async {
        let counting = CountingDisk()
        let disk = ResultDisk("/none", sync: { counting.sync($0) })
        _ = await disk.note()
        counting.works.value = false
        #expect(await !disk.settle())
        #expect(await disk.reached() == 0)
        counting.works.value = true
        #expect(await disk.settle())
    }

    @Test func writesTheFileSystemOfAFolder() async throws {
        let folder = try TemporaryFolder()
        for path in [folder.path, folder.path + "/none"] {
            let disk = ResultDisk(path)
            _ = await disk.note()
            #expect(await disk.settle())
        }
    }
}
