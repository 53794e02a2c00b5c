// Packs a package, brings it to all hosts, runs the tasks of tasks.yaml there, and shows what happens meanwhile.
//
//     sweep-example PROJECT PACKAGE [SECONDS]
//
// After SECONDS it is enough: what still runs on hosts is ended in good order.
import FleetKit

let words = CommandLine.arguments
guard words.count >= 3 else { fatalError("sweep-example PROJECT PACKAGE [SECONDS]") }
let fleet = try FleetProject(at: words[1]) { print("warning: \($0)") }

/// Shows what an operation tells, until it has ended.
func show(_ events: FleetEvents) async {
    for await event in events {
        let place = "\(event.time.map { "\($0)" } ?? "-") \(event.host ?? "-") \(event.task ?? "")"
        switch event.content {
        case .stepEnded(let end): print("\(place) \(end.step.name) \(end.state) in \(end.milliseconds) ms")
        case .attemptEnded(let attempt): print("\(place) \(event.kind.rawValue) \(attempt.state)")
        case .hostAbsent(let failure), .failure(let failure): print("\(place) \(failure.message)")
        case .note(let sentence): print("\(place) \(sentence)")
        case .gap: print("some lines are missing here")
        default: break
        }
    }
}

do {
    let packed = try await fleet.packages.build([words[2]]).result
    for package in packed { print("\(package.name) \(package.version): \(package.bytes) bytes") }

    let push = try fleet.releases.push([words[2]], to: .all)
    await show(push.events)
    for host in try await push.result {
        switch host.result {
        case .success(let push): print("\(host.host): \(push.to) \(push.state), \(push.bytesSent) bytes")
        case .failure(let failure): print("\(host.host): \(failure.kind): \(failure.message)")
        }
    }

    let sweep = try fleet.tasks.run()
    if words.count > 3, let seconds = Double(words[3]) {
        Task {
            try await Task.sleep(for: .seconds(seconds))
            print("that is enough")
            sweep.cancel()
        }
    }
    await show(sweep.events)
    let done = try await sweep.result
    print("run \(done.run)")
    for task in done.tasks {
        if task.isDone {
            print("\(task.name) on \(task.host ?? "-"): \(task.metrics)")
        } else {
            print("\(task.name): \(task.failure.map { "\($0.kind): \($0.message)" } ?? "not tried")")
        }
    }
} catch {
    print("error: \(error)")
}
await fleet.close()
