namespace Secrets;

internal sealed class RecoverMutation(SecretAddress address) : Mutation
{
    internal override SecretAddress? Address => address;

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        if (state.Index.Deleted(address) is null)
            throw StoreErrors.NotFound(address, "recover", state.StoreName);
        if (state.Index.Live(address) is not null)
            throw StoreErrors.AddressTaken(address, state.StoreName);
        frame.Directory.Begin(OperationCode.Recover).Add(address).End();
    }

    internal override SecretProperties? Result(LogState state) =>
        state.Index.Live(address) is { } entry && (entry.Current ?? entry.Newest) is { } version ? entry.PropertiesOf(version) : null;
}
