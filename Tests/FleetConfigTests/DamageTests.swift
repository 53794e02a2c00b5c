import FleetBase
import Testing

@testable import FleetConfig

/// Texts with random damage: whatever they are, reading and editing them throws or works, and never traps.
@Suite struct DamageTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        /// SplitMix64, so that a failure happens again.
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private func damaged(_ text: String, _ dice: inout Dice) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
            let place = Int.random(in: 0..<bytes.count, using: &dice)
            let junk = Array("{}[]:,&*#'\"\n\t -é|>!%@\u{0}".utf8).randomElement(using: &dice)!
            switch Int.random(in: 0..<3, using: &dice) {
            case 0: bytes[place] = junk
            case 1: bytes.insert(junk, at: place)
            default: bytes.removeSubrange(place..<min(place + 5, bytes.count - 1))
            }
        }
        return bytes
    }

    @Test func readsDamagedInventories() {
        var dice = Dice(state: 1)
        for _ in 0..<3000 {
            let bytes = damaged(InventoryTests.example, &dice)
            _ = try? InventoryReader(paths: paths).inventory(from: YAMLNode(parsing: bytes, file: "f"))
        }
    }

    @Test func readsDamagedPackages() {
        var dice = Dice(state: 2)
        for _ in 0..<3000 {
            let text = String(decoding: damaged(PackageFileTests.example, &dice), as: UTF8.self)
            _ = try? PackageFile(parsing: text, file: "f")
        }
    }

    @Test func editsDamagedInventories() throws {
        var dice = Dice(state: 3)
        let (old, new) = (try HostName("vps"), try HostName("nas"))
        for _ in 0..<1000 {
            let text = String(decoding: damaged(InventoryTests.example, &dice), as: UTF8.self)
            guard var editor = try? HostsFileEditor(parsing: text, file: "f", paths: paths) else { continue }
            _ = try? editor.set("user", of: old, to: .text("x"))
            _ = try? editor.remove(old)
            _ = try? editor.add(HostDraft(name: new))
        }
    }
}
