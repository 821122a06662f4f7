// Follows a stream until the server says that it need not come back, and prints what it saw as one JSON object.
import { EventSource } from 'eventsource'

const seen = { ids: [], live: [], end: null, opened: 0 }
const source = new EventSource(process.argv[2])

source.addEventListener('open', () => seen.opened++)
source.addEventListener('message', (event) => {
  const { seq } = JSON.parse(event.data)
  seen.ids.push([event.lastEventId, seq])
  console.error(`seen ${seq}`)
})
source.addEventListener('llm.delta', (event) => seen.live.push(JSON.parse(event.data).text))
source.addEventListener('end', (event) => {
  seen.end = JSON.parse(event.data)
})
source.addEventListener('error', () => {
  if (source.readyState === EventSource.CLOSED) {
    console.log(JSON.stringify(seen))
  }
})
