namespace Secrets.Testing.Servers;

/// <summary>What is to go wrong: each fault strikes a number of matching calls.</summary>
public sealed class ServerFaults
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];
    private readonly List<TaskCompletionSource> _holds = [];

    /// <summary>Plans a fault.</summary>
    /// <param name="fault">What happens.</param>
    /// <param name="operation">Only this operation; null for any.</param>
    /// <param name="times">How many calls it strikes.</param>
    public void Add(ServerFault fault, string? operation = null, int times = 1)
    {
        lock (_gate)
            _planned.Add(new Planned(fault, operation) { Left = times });
    }

    /// <summary>Any answer in the place of the right one.</summary>
    public void Answer(Func<ServerRequest, ServerAnswer> answer, string? operation = null, int times = 1) =>
        Add(new ServerFault { Instead = answer }, operation, times);

    /// <summary>Breaks the connection in the middle of the answer's body.</summary>
    public void ResetMidBody(string? operation = null, int times = 1) => Add(new ServerFault { ResetsMidBody = true }, operation, times);

    /// <summary>A proxy's page in the place of the service's answer.</summary>
    public void WrongBody(int status = 200, string? operation = null, int times = 1) =>
        Answer(_ => ServerAnswer.Text(status, "<html><body>Please sign in to the guest network</body></html>"), operation, times);

    /// <summary>Keeps calls waiting until the returned source is completed, or the server ends.</summary>
    public TaskCompletionSource Hold(string? operation = null)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _holds.Add(source);
        Add(new ServerFault { Hold = source.Task }, operation, int.MaxValue);
        return source;
    }

    public void Clear()
    {
        lock (_gate)
            _planned.Clear();
    }

    internal ServerFault? Take(ServerCall call)
    {
        lock (_gate)
        {
            Planned? planned = _planned.Find(one => one.Operation is null || one.Operation == call.Operation);
            if (planned is not null && --planned.Left == 0)
                _planned.Remove(planned);
            return planned?.Fault;
        }
    }

    internal void ReleaseAll()
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource hold in _holds)
                hold.TrySetResult();
        }
    }

    private sealed record Planned(ServerFault Fault, string? Operation)
    {
        public int Left { get; set; }
    }
}
