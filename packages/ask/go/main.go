// A question to a language model (Gemini's generateContent), with nothing but the standard library of Go.
//
// The answer goes to standard output as it comes, figures to out/metrics.json, one line to standard error when something
// is wrong, and the exit status says what: the same as the engines in Python and Java. The key comes in the job on
// standard input.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"syscall"
	"time"
)

// Metrics are the figures of a run.
type Metrics struct {
	Model        string  `json:"model"`
	PromptTokens int64   `json:"prompt_tokens"`
	AnswerTokens int64   `json:"answer_tokens"`
	Attempts     int     `json:"attempts"`
	Seconds      float64 `json:"seconds"`
	FinishReason string  `json:"finish_reason"`
	Error        string  `json:"error,omitempty"`
}

func main() {
	// What holds the key is not left in a file.
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	start := time.Now()
	answer := &Answer{model: defaults["model"]}
	attempts := 0
	problem := perform(os.Args[1:], answer, &attempts)
	answer.endLine()
	metrics := Metrics{
		Model: answer.model, PromptTokens: answer.promptTokens, AnswerTokens: answer.answerTokens,
		Attempts: attempts, Seconds: math.Round(time.Since(start).Seconds()*1000) / 1000,
		FinishReason: answer.finishReason,
	}
	if problem != nil {
		metrics.Error = problem.kind
	}
	if err := write(metrics); err != nil {
		fmt.Fprintln(os.Stderr, "error: can't write out/metrics.json:", err)
		os.Exit(1)
	}
	if problem != nil {
		fmt.Fprintf(os.Stderr, "error: %s: %s\n", problem.kind, problem.text)
		os.Exit(statuses[problem.kind])
	}
}

// perform does what the words say.
func perform(words []string, answer *Answer, attempts *int) *Problem {
	options, problem := readOptions(words)
	if problem != nil {
		return problem
	}
	answer.model = options.model
	if options.question == "" {
		return fail("usage", "--question is missing")
	}
	if options.simulate > 0 {
		pause(options.simulate)
		answer.model, answer.finishReason = "simulated", "STOP"
		answer.show("simulated answer to: " + options.question)
		return nil
	}
	key, problem := readKey()
	if problem != nil {
		return problem
	}
	problem = converse(options, key, answer, attempts)
	if problem != nil {
		problem.hide(key)
	}
	return problem
}

var keyForm = regexp.MustCompile(`^[!-~]+$`)

// readKey takes the key from the job on standard input, and from nowhere else.
func readKey() (string, *Problem) {
	text, _ := io.ReadAll(os.Stdin)
	var job any
	_ = json.Unmarshal(text, &job)
	key := textAt(job, "secrets", "GEMINI_API_KEY")
	if key == "" {
		return "", fail("key", "there is no key: the secret GEMINI_API_KEY is missing")
	}
	if !keyForm.MatchString(key) {
		return "", fail("key", "the key holds characters that no key has")
	}
	return key, nil
}

func write(metrics Metrics) error {
	text, err := json.Marshal(metrics)
	if err != nil {
		return err
	}
	if err := os.MkdirAll("out", 0o777); err != nil {
		return err
	}
	return os.WriteFile("out/metrics.json", append(text, '\n'), 0o666)
}

func pause(seconds float64) { time.Sleep(time.Duration(seconds * float64(time.Second))) }
