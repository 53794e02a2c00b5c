import Glibc

// libFuzzer (https://llvm.org/docs/LibFuzzer.html) for the target that FLEET_FUZZ_TARGET names.

/// What libFuzzer's own main calls, which a program with a main must call itself.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// By the name that libFuzzer's library asks for.
@_cdecl("LLVMFuzzerTestOneInput")
func takeOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let target = Chosen.target else { fatalError("FLEET_FUZZ_TARGET names no target") }
    target.run(Array(UnsafeBufferPointer(start: bytes, count: size)))
    return 0
}

private enum Chosen {
    static let target = getenv("FLEET_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }
}

var count = Swift.CommandLine.argc
var arguments = Swift.CommandLine.unsafeArgv
exit(runDriver(&count, &arguments, takeOneInput))
