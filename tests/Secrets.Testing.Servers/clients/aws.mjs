// The official AWS client against the server at the URL given: create, get, list, update, version, delete, restore.
// Prints one line of JSON per step; the test compares. Credentials come from the environment, as for any user.
import assert from 'node:assert/strict';
import * as aws from '@aws-sdk/client-secrets-manager';

const client = new aws.SecretsManagerClient({ endpoint: process.argv[2], region: process.argv[3], maxAttempts: 1 });
const send = (Command, input) => client.send(new Command(input));
const fails = async (name, Command, input) => {
  await assert.rejects(send(Command, input), error => {
    assert.equal(error.name, name);
    return true;
  });
};
const SecretId = 'js/db';

const created = await send(aws.CreateSecretCommand, { Name: SecretId, SecretString: '{"user":"ada"}', Description: 'from js', Tags: [{ Key: 'env', Value: 'test' }] });
assert.match(created.ARN, /^arn:aws:secretsmanager:/);
await fails('ResourceExistsException', aws.CreateSecretCommand, { Name: SecretId, SecretString: 'x' });
console.log('create');

const got = await send(aws.GetSecretValueCommand, { SecretId });
assert.equal(got.SecretString, '{"user":"ada"}');
assert.equal(got.VersionId, created.VersionId);
assert.deepEqual(got.VersionStages, ['AWSCURRENT']);
assert.ok(got.CreatedDate instanceof Date);
assert.equal((await send(aws.GetSecretValueCommand, { SecretId: created.ARN })).VersionId, created.VersionId);
await fails('ResourceNotFoundException', aws.GetSecretValueCommand, { SecretId: 'js/none' });
console.log('get');

for (let i = 0; i < 25; i++) await send(aws.CreateSecretCommand, { Name: `js/list-${i}`, SecretBinary: new Uint8Array([0, 255, i]) });
const listed = [];
for await (const page of aws.paginateListSecrets({ client, pageSize: 10 }, { Filters: [{ Key: 'name', Values: ['js/list-'] }] })) listed.push(...page.SecretList.map(secret => secret.Name));
assert.equal(new Set(listed).size, 25);
const batch = await send(aws.BatchGetSecretValueCommand, { SecretIdList: ['js/list-3', 'js/none'] });
assert.deepEqual([...batch.SecretValues[0].SecretBinary], [0, 255, 3]);
assert.equal(batch.Errors[0].ErrorCode, 'ResourceNotFoundException');
console.log('list');

const updated = await send(aws.UpdateSecretCommand, { SecretId, Description: 'changed', SecretString: '{"user":"bob"}' });
const described = await send(aws.DescribeSecretCommand, { SecretId });
assert.equal(described.Description, 'changed');
assert.deepEqual(described.VersionIdsToStages[updated.VersionId], ['AWSCURRENT']);
assert.deepEqual(described.VersionIdsToStages[created.VersionId], ['AWSPREVIOUS']);
assert.deepEqual(described.Tags, [{ Key: 'env', Value: 'test' }]);
console.log('update');

const pending = await send(aws.PutSecretValueCommand, { SecretId, SecretString: 'next', VersionStages: ['AWSPENDING'] });
assert.equal((await send(aws.GetSecretValueCommand, { SecretId })).VersionId, updated.VersionId);
await fails('InvalidParameterException', aws.UpdateSecretVersionStageCommand, { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: pending.VersionId, RemoveFromVersionId: created.VersionId });
await send(aws.UpdateSecretVersionStageCommand, { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: pending.VersionId, RemoveFromVersionId: updated.VersionId });
assert.equal((await send(aws.GetSecretValueCommand, { SecretId, VersionStage: 'AWSPREVIOUS' })).VersionId, updated.VersionId);
const versions = await send(aws.ListSecretVersionIdsCommand, { SecretId, IncludeDeprecated: true });
assert.equal(versions.Versions.length, 3);
console.log('version');

await send(aws.DeleteSecretCommand, { SecretId, RecoveryWindowInDays: 7 });
await fails('InvalidRequestException', aws.GetSecretValueCommand, { SecretId });
await fails('InvalidRequestException', aws.CreateSecretCommand, { Name: SecretId, SecretString: 'x' });
console.log('delete');

await send(aws.RestoreSecretCommand, { SecretId });
assert.equal((await send(aws.GetSecretValueCommand, { SecretId })).SecretString, 'next');
await send(aws.DeleteSecretCommand, { SecretId, ForceDeleteWithoutRecovery: true });
await fails('ResourceNotFoundException', aws.DescribeSecretCommand, { SecretId });
console.log('restore');
