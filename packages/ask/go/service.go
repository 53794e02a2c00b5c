package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

const (
	// What a server may have a client wait for; beyond that a person decides.
	longestPause  = 60
	longestAnswer = 64 << 20
)

// converse makes as many attempts as it takes and as are allowed.
func converse(options *Options, key string, answer *Answer, attempts *int) *Problem {
	contents, problem := earlier()
	if problem != nil {
		return problem
	}
	question := map[string]any{"role": "user", "parts": []any{map[string]any{"text": options.question}}}
	body, err := json.Marshal(map[string]any{"contents": append(contents, question)})
	if err != nil {
		return fail("usage", "conversation.json is no conversation")
	}
	random := rand.New(rand.NewSource(time.Now().UnixNano()))
	for {
		*attempts++
		problem := ask(options, key, body, answer)
		// What was printed can't be taken back.
		if problem == nil || !problem.retry || answer.last != "" || *attempts >= options.attempts {
			return problem
		}
		seconds := problem.pause
		if seconds < 0 {
			seconds = options.backoff * math.Pow(2, math.Min(float64(*attempts-1), 20)) * (0.75 + random.Float64()/2)
		}
		if seconds > longestPause {
			problem.text += fmt.Sprintf("; it asks for %.0f s of patience", seconds)
			return problem
		}
		pause(seconds)
	}
}

// earlier is the conversation so far, where there is one.
func earlier() ([]any, *Problem) {
	text, err := os.ReadFile("conversation.json")
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	value, problem := parse(text)
	contents, isList := at(value, "contents").([]any)
	if err != nil || problem != nil || !isList {
		return nil, fail("usage", "conversation.json is no conversation")
	}
	return contents, nil
}

// ask makes one attempt.
func ask(options *Options, key string, body []byte, answer *Answer) *Problem {
	request, err := http.NewRequest(http.MethodPost, options.url, bytes.NewReader(body))
	if err != nil {
		return fail("usage", "--base-url must be an address such as https://example.org/v1beta")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("x-goog-api-key", key)
	response, err := client(options).Do(request)
	if err != nil {
		return options.broken(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
		said, _ := parse(text)
		return refusal(response.StatusCode, said, response.Header.Get("Retry-After"))
	}
	problem := read(response, options, answer)
	if problem != nil {
		return problem
	}
	return answer.check()
}

func read(response *http.Response, options *Options, answer *Answer) *Problem {
	if options.stream {
		return readEvents(response, options, answer)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return options.broken(err)
	}
	return answer.take(text)
}

// readEvents takes server-sent events, each a part of the answer; the last part has a reason to end.
func readEvents(response *http.Response, options *Options, answer *Answer) *Problem {
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		return fail("malformed", "the answer is no stream of events")
	}
	lines := bufio.NewReader(io.LimitReader(response.Body, longestAnswer))
	var data []byte
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			if answer.finishReason != "" {
				return nil
			}
			return options.broken(err)
		}
		line = bytes.TrimRight(line, "\r\n")
		if bytes.HasPrefix(line, []byte("data:")) {
			data = append(append(data, bytes.TrimPrefix(line[5:], []byte(" "))...), '\n')
		} else if len(line) == 0 && len(data) > 0 {
			if problem := answer.take(data); problem != nil {
				return problem
			}
			data = nil
		}
	}
}

// broken is the class of what went wrong on the way.
func (options *Options) broken(err error) *Problem {
	var timeout net.Error
	var name *net.DNSError
	switch {
	// A name server that is silent is one that knows no address.
	case errors.As(err, &name):
		return fail("network", "no address for "+options.host)
	case errors.As(err, &timeout) && timeout.Timeout():
		return fail("time-out", "no answer for "+short(options.patience)+" s")
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail("network", "connection refused by "+options.place)
	case strings.Contains(err.Error(), "x509: ") || strings.Contains(err.Error(), "tls: "):
		return fail("network", "no trusted connection to "+options.place)
	}
	return fail("network", "the connection to "+options.place+" broke")
}

// client sends one request: straight to its address, with no way to another one.
func client(options *Options) *http.Client {
	patience := time.Duration(options.patience * float64(time.Second))
	dialer := net.Dialer{Timeout: patience}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DisableKeepAlives:   true,
			DisableCompression:  true,
			TLSHandshakeTimeout: patience,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				connection, err := dialer.DialContext(ctx, network, address)
				return &impatient{connection, patience}, err
			},
		},
	}
}

// impatient is a connection on which every single read and write has its time.
type impatient struct {
	net.Conn
	patience time.Duration
}

func (connection *impatient) Read(buffer []byte) (int, error) {
	_ = connection.SetReadDeadline(time.Now().Add(connection.patience))
	return connection.Conn.Read(buffer)
}

func (connection *impatient) Write(bytes []byte) (int, error) {
	_ = connection.SetWriteDeadline(time.Now().Add(connection.patience))
	return connection.Conn.Write(bytes)
}
