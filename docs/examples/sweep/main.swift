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
        let host = event.host ?? "-"
        switch event.kind {
        case .stepStarted, .stepEnded, .attemptStarted, .attemptEnded, .hostAbsent, .note, .failure:
            print("\(event.time ?? "-") \(host) \(event.task ?? "") \(event.kind.rawValue) \(event.detail)")
        case .gap: print("some lines are missing here")
        default: break
        }
    }
}

do {
    let push = try fleet.startPush(of: words[2], to: .all)
    await show(push.events)
    for host in try await push.result {
        switch host.result {
        case .success(let push): print("\(host.host): \(push.to) \(push.state.rawValue), \(push.bytesSent) bytes")
        case .failure(let failure): print("\(host.host): \(failure.kind.rawValue): \(failure.message)")
        }
    }

    let sweep = try fleet.startTasks()
    if words.count > 3, let seconds = Double(words[3]) {
        Task {
            try await Task.sleep(for: .seconds(seconds))
            print("that is enough")
            sweep.cancel()
        }
    }
    await show(sweep.events)
    let tasks = try await sweep.result
    print("run \(tasks.run)")
    for task in tasks.tasks {
        switch task.result {
        case .success(let result): print("\(task.name) on \(task.host ?? "-"): \(result.metricsJSON ?? "done")")
        case .failure(let failure): print("\(task.name): \(failure.kind.rawValue): \(failure.message)")
        }
    }
} catch {
    print("error: \(error)")
}
await fleet.close()
