import { codeWords } from './code-words';
import type { CodeFinding } from './sql';

const REDIS_READS =
  /^(?:get|mget|strlen|getrange|exists|ttl|pttl|type|keys|scan|dbsize|info|ping|echo|time|lastsave|role|hget|hmget|hgetall|hkeys|hvals|hlen|hexists|hscan|lrange|llen|lindex|lpos|smembers|scard|sismember|sscan|srandmember|sinter|sunion|sdiff|zrange\w*|zrevrange\w*|zcard|zcount|zscore|zrank|zscan|xrange|xrevrange|xlen|xinfo|xpending|xread|bitcount|getbit|pfcount|object|randomkey|monitor|subscribe|psubscribe|pubsub|slowlog|latency|command|auth|select|hello|geopos|geodist|georadius_ro|dump|expiretime|lolwut|touch|wait|module|readonly|quit|exit)$/i;
const REDIS_CHANGES =
  /^(?:set|setex|setnx|mset|append|incr\w*|decr\w*|hset|hmset|hsetnx|hincrby\w*|lpush\w*|rpush\w*|sadd|zadd|zincrby|xadd|expire\w*|pexpire\w*|persist|publish|bgsave|save|bgrewriteaof|setbit|pfadd|geoadd|copy|client|memory|config|acl|cluster|lset|linsert|failover)$/i;
/** Second words that make a command of the middle group harmless or harmful. */
const REDIS_SUB_READS =
  /^(?:client (?:list|info|id|getname|no-evict)|memory (?:usage|stats|doctor)|config get|acl (?:list|whoami|users|cat|getuser|log)|cluster (?:info|nodes|slots|shards|keyslot|countkeysinslot|myid|replicas|links)|slowlog (?:get|len|help)|latency (?!reset)\w+|module list)$/i;
const REDIS_SUB_DESTROYS =
  /^(?:client kill|config (?:resetstat)|acl (?:deluser|load)|cluster (?:reset|forget|failover|flushslots|delslots|replicate|setslot)|slowlog reset|latency reset|module (?:load|unload|loadex)|memory purge)$/i;

export function readRedis(words: readonly string[]): CodeFinding[] {
  const [name = '', second = ''] = words;
  const both = `${name} ${second}`;
  if (name === '' || REDIS_SUB_READS.test(both)) return [];
  if (/^config$/i.test(name) && /^set$/i.test(second) && /^(?:dir|dbfilename)$/i.test(words[2] ?? ''))
    return [
      { kind: 'note', level: 'destructive', why: 'CONFIG SET makes redis write its data over another file.' },
    ];
  if (REDIS_SUB_DESTROYS.test(both))
    return [{ kind: 'note', level: 'destructive', why: `${both.toUpperCase()} discards state of redis.` }];
  if (REDIS_READS.test(name)) return [];
  if (REDIS_CHANGES.test(name))
    return [{ kind: 'note', level: 'changes', why: `${name.toUpperCase()} changes data in redis.` }];
  if (/^(?:eval|evalsha|fcall|script|function|debug)/i.test(name))
    return [{ kind: 'unseen', why: `${name.toUpperCase()} runs code in redis that is not read here.` }];
  return [
    { kind: 'note', level: 'destructive', why: `${name.toUpperCase()} removes or overwrites data in redis.` },
  ];
}

const MONGO_READS = new Set(
  (
    'find findOne aggregate count countDocuments estimatedDocumentCount distinct stats serverStatus getCollectionNames ' +
    'getCollectionInfos getIndexes explain limit sort skip toArray pretty forEach printjson print status conf config ' +
    'version currentOp getSiblingDB getDB getCollection hello isMaster printReplicationInfo printSecondaryReplicationInfo ' +
    'printSlaveReplicationInfo getMongo getDBNames getReplicationInfo getUsers getRoles getUser hostInfo latencyStats map filter join ' +
    'toString stringify setReadPref setSecondaryOk slaveOk secondaryOk itcount size hasNext next projection ObjectId ISODate ' +
    'adminCommand runCommand getProfilingStatus storageSize totalIndexSize totalSize dataSize indexStats getName serverBuildInfo ' +
    'serverCmdLineOpts getShardDistribution printShardingStatus keys length max min hint getParameter getFreeMonitoringStatus printjsononeline tojson'
  ).split(' '),
);
const MONGO_COMMANDS =
  /\b(?:adminCommand|runCommand)\s*\(\s*\{?\s*['"]?(?:ping|serverStatus|dbStats|collStats|buildInfo|isMaster|hello|listDatabases|listCollections|replSetGetStatus|replSetGetConfig|top|connPoolStats|currentOp|getParameter|getCmdLineOpts|hostInfo|getLog|connectionStatus|validate|listShards)\b/;

/** `mongosh --eval`: the methods that it calls must all be known to read. */
export function readMongo(code: string): CodeFinding[] {
  const { words } = codeWords(code, { lineComment: /^\/\/[^\n]*/, interpolation: /\$\{/, interpolated: /`/ });
  const called = words.filter((word) => word.called);
  if (/\$(?:out|merge|function|where|accumulator)\b/.test(code))
    return [{ kind: 'unseen', why: 'The MongoDB code writes its result or runs functions.' }];
  const other = called.find(({ text }) => !MONGO_READS.has(text));
  if (other) {
    const adds =
      /^(?:insert|insertOne|insertMany|createIndex|createCollection|createUser|add|initiate|enableSharding|shardCollection)$/;
    const all = called.every(({ text }) => MONGO_READS.has(text) || adds.test(text));
    return [
      all
        ? { kind: 'note', level: 'changes', why: `The MongoDB method ${other.text} adds to the database.` }
        : {
            kind: 'note',
            level: 'destructive',
            why: `The MongoDB method ${other.text} is not known to read only.`,
          },
    ];
  }
  const commands = called.filter(({ text }) => /^(?:admin|run)Command$/.test(text)).length;
  const known = [...code.matchAll(new RegExp(MONGO_COMMANDS, 'g'))].length;
  if (commands > known || /\[\s*['"]/.test(code.replace(/[:,(]\s*\[/g, '')))
    return [{ kind: 'unseen', why: 'The MongoDB code runs a command that is not read here.' }];
  return [];
}
