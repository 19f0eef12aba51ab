using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Cli.Values;
using Secrets.Testing;

namespace Secrets.Cli.Tests.Copying;

/// <summary>Copies are compared by keyed fingerprints, go on where they stopped, and believe nothing that was not read back.</summary>
public sealed class CopyTests
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string? _stateBefore = Environment.GetEnvironmentVariable("XDG_STATE_HOME");

    [OneTimeSetUp]
    public void KeepAnchorsApart() => Environment.SetEnvironmentVariable("XDG_STATE_HOME", _directory["state"]);

    [OneTimeTearDown]
    public void Remove()
    {
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", _stateBefore);
        _directory.Dispose();
    }

    [Test]
    public void A_fingerprint_knows_names_and_bytes_and_no_order()
    {
        using ValueFingerprints fingerprints = new();
        byte[] one = fingerprints.Of(new SecretValues { ["a"] = "1", ["b"] = "2" });

        Assert.That(fingerprints.Of(new SecretValues { ["b"] = "2", ["a"] = "1" }), Is.EqualTo(one));
        Assert.That(fingerprints.Of(new SecretValues { ["a"] = "2", ["b"] = "1" }), Is.Not.EqualTo(one));
        Assert.That(fingerprints.Of(new SecretValues { ["a"] = "1" }), Is.Not.EqualTo(one));
        Assert.That(fingerprints.Of(new SecretValues { ["a"] = "1b", [""] = "2" }), Is.Not.EqualTo(one), "what ends one pair cannot begin the next");
    }

    [Test]
    public void Two_runs_give_two_fingerprints()
    {
        using ValueFingerprints one = new();
        using ValueFingerprints two = new();
        SecretValues values = new() { ["a"] = "1" };

        Assert.That(one.Of(values), Is.Not.EqualTo(two.Of(values)));
        Assert.That(ValueFingerprints.AreSame(one.Of(values), one.Of(values)), Is.True);
    }

    [Test]
    public async Task What_stopped_half_way_goes_on_from_there()
    {
        await using InMemorySecretStore source = new();
        foreach (string name in new[] { "a", "b", "c" })
            source.Put(SecretAddress.Public(name), new SecretValues { ["key"] = $"value of {name}" });
        string target = await InitAsync("resume");
        source.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Read, Address = SecretAddress.Public("c") });

        (int code, _, string errors) = await RunAsync(source, "copy", "--to", target, "--to-key-file", target + ".key");
        Assert.That(code, Is.EqualTo(6), errors);
        Assert.That(errors, Does.StartWith("secrets: 2 of 3 are done; the same line again goes on from there.\n"));

        source.Faults.Clear();
        (code, string output, errors) = await RunAsync(source, "copy", "--to", target, "--to-key-file", target + ".key", "--format", "tsv");
        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Is.EqualTo("NAME\tSCOPE\tVISIBILITY\tOUTCOME\na\tteam\tpublic\tsame\nb\tteam\tpublic\tsame\nc\tteam\tpublic\tcreated\n"));
    }

    [Test]
    [Behaviour("Z82")]
    public async Task With_ignore_errors_the_others_are_copied_and_with_delete_they_are_moved()
    {
        await using InMemorySecretStore source = new();
        foreach (string name in new[] { "a", "b", "c" })
            source.Put(SecretAddress.Public(name), new SecretValues { ["key"] = $"value of {name}" });
        string target = await InitAsync("move");
        source.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Operation = InMemoryOperation.Read, Address = SecretAddress.Public("b") });

        (int code, string output, string errors) = await RunAsync(source, "copy", "--to", target, "--to-key-file", target + ".key", "-i", "-d", "--format", "tsv");

        Assert.That(code, Is.EqualTo(1), errors);
        Assert.That(output, Does.Contain("a\tteam\tpublic\tcreated\n").And.Contain("b\tteam\tpublic\tfailed\n").And.Contain("c\tteam\tpublic\tcreated\n"));
        Assert.That(errors, Does.Contain("'b'").And.Contain("Going on with the others."));
        source.Faults.Clear();
        (_, output, _) = await RunAsync(source, "list", "--columns", "name", "--format", "tsv");
        Assert.That(output, Is.EqualTo("NAME\nb\n"), "what was moved is gone here, what failed is not");
        (_, output, _) = await RunAsync(null, "list", "--columns", "name", "--format", "tsv", "--store", target);
        Assert.That(output, Is.EqualTo("NAME\na\nc\n"));
    }

    [Test]
    public async Task Nothing_is_deleted_where_the_other_store_has_something_else()
    {
        await using InMemorySecretStore source = new();
        source.Put(SecretAddress.Public("a"), new SecretValues { ["key"] = "one" });
        string target = await InitAsync("kept");
        await RunAsync(source, "copy", "--to", target, "--to-key-file", target + ".key");
        source.Put(SecretAddress.Public("a"), new SecretValues { ["key"] = "another" });

        (int code, _, string errors) = await RunAsync(source, "copy", "--to", target, "--to-key-file", target + ".key", "--delete");
        Assert.That(code, Is.EqualTo(7), errors);
        (code, string output, errors) = await RunAsync(source, "get", "a", "--key", "key", "--reveal");
        Assert.That((code, output), Is.EqualTo((0, "another")), errors);
    }

    [Test]
    [Behaviour("Z84")]
    public async Task The_file_holds_no_value_and_no_base64_of_one_and_opens_with_its_key_only()
    {
        string file = await InitAsync("sealed");
        await File.WriteAllTextAsync(_directory["value.txt"], "canary-of-the-file");
        (int code, _, string errors) = await RunAsync(null, "create", "db", "password=@value.txt", "--store", file);
        Assert.That(code, Is.Zero, errors);
        string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        Assert.That(bytes, Does.Not.Contain("canary").And.Not.Contain(Convert.ToBase64String("canary-of-the-file"u8)[..16]));

        File.Move(file + ".key", file + ".elsewhere");
        (code, _, errors) = await RunAsync(null, "get", "db", "--store", file);
        Assert.That(code, Is.EqualTo(4), errors);
    }

    private async Task<string> InitAsync(string name)
    {
        (int code, _, string errors) = await RunAsync(null, "init", $"{name}.secrets");
        Assert.That(code, Is.Zero, errors);
        return _directory[$"{name}.secrets"];
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(InMemorySecretStore? store, params string[] arguments)
    {
        FakeTerminal terminal = new("", null);
        int code = await SecretsCommandLine.RunAsync(arguments, new CommandEnvironment
        {
            Terminal = terminal,
            Directory = _directory.Path,
            Variable = _ => null,
            UserName = "ada",
            UseStore = store is null ? null : secrets => secrets.UseInMemory(store),
        });
        return (code, terminal.OutText, terminal.ErrorText);
    }
}
