using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests.Files;

/// <summary>A file gets a name that nobody has: in one step, so that of many who try at once one succeeds.</summary>
internal sealed class NewNameTests
{
    private const int Rounds = 300;
    private const int Rivals = 4;

    [Test]
    public void Of_many_that_take_one_name_at_once_one_gets_it_and_the_others_keep_their_files()
    {
        using TemporaryDirectory directory = new();
        for (int round = 0; round < Rounds; round++)
        {
            string name = directory[$"taken-{round}"];
            int[] winners = Race(rival => Take(directory[$"{round}-{rival}"], name, $"{rival}"));
            Assert.That(winners, Has.Length.EqualTo(1), $"round {round}");
            Assert.That(File.ReadAllText(name), Is.EqualTo($"{winners[0]}"), $"round {round}");
            Assert.That(Enumerable.Range(0, Rivals).Where(rival => !File.Exists(directory[$"{round}-{rival}"])), Is.EqualTo(winners), $"round {round}");
        }
    }

    [Test]
    public void A_name_that_a_link_has_is_taken()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory["from"], "");
        File.CreateSymbolicLink(directory["to"], directory["nowhere"]);
        Assert.That(() => PhysicalFileOperations.Instance.MoveNew(directory["from"], directory["to"]), Throws.InstanceOf<IOException>());
        Assert.That(new FileInfo(directory["to"]).LinkTarget, Is.EqualTo(directory["nowhere"]));
    }

    [Test]
    public void A_file_that_is_not_there_is_said_to_be_missing()
    {
        using TemporaryDirectory directory = new();
        Assert.That(() => PhysicalFileOperations.Instance.MoveNew(directory["from"], directory["to"]), Throws.InstanceOf<FileNotFoundException>());
    }

    private static int[] Race(Func<int, bool> attempt)
    {
        bool[] won = new bool[Rivals];
        using Barrier start = new(Rivals);
        Thread[] threads = [.. Enumerable.Range(0, Rivals).Select(rival => new Thread(() =>
        {
            start.SignalAndWait();
            won[rival] = attempt(rival);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return [.. Enumerable.Range(0, Rivals).Where(rival => won[rival])];
    }

    private static bool Take(string from, string to, string text)
    {
        File.WriteAllText(from, text);
        try
        {
            PhysicalFileOperations.Instance.MoveNew(from, to);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
