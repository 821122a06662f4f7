// Uses every part of the API that the fake server speaks, and prints what came back as one JSON object.
import { Ollama } from 'ollama'

const [host, model] = process.argv.slice(2)
const client = new Ollama({ host })
const seen = {}

seen.chat = { text: '', thinking: '', calls: [] }
for await (const part of await client.chat({
  model,
  messages: [{ role: 'user', content: 'hello' }],
  stream: true,
  think: true,
})) {
  seen.chat.text += part.message.content
  seen.chat.thinking += part.message.thinking ?? ''
  seen.chat.calls.push(...(part.message.tool_calls ?? []))
  if (part.done) {
    seen.chat.reason = part.done_reason
    seen.chat.tokens = part.eval_count
    seen.chat.nanos = part.total_duration
  }
}

seen.whole = (await client.chat({ model, messages: [{ role: 'user', content: 'once more' }] })).message.content

seen.generate = []
for await (const part of await client.generate({ model, prompt: 'one two', stream: true })) {
  seen.generate.push(part.response)
}

seen.embed = (await client.embed({ model, input: ['a', 'bcd'] })).embeddings
seen.list = (await client.list()).models.map(({ name, size }) => ({ name, size }))
seen.show = (await client.show({ model })).capabilities
seen.ps = (await client.ps()).models.map(({ name, size_vram }) => ({ name, size_vram }))

seen.pull = []
for await (const part of await client.pull({ model: 'llama9:1b', stream: true })) {
  seen.pull.push(part.status)
}
seen.pullWhole = (await client.pull({ model: 'llama9:2b' })).status
try {
  await client.chat({ model: 'none', messages: [{ role: 'user', content: 'x' }] })
} catch (error) {
  seen.missing = { status: error.status_code, message: error.message }
}

seen.abort = { text: '' }
try {
  for await (const part of await client.chat({ model, messages: [{ role: 'user', content: 'x' }], stream: true })) {
    seen.abort.text += part.message.content
    client.abort()
  }
} catch (error) {
  seen.abort.error = error.name
}

console.log(JSON.stringify(seen))
