/** The site could not start. Both languages, because neither may have been loaded. */
export function StartProblem({ error }: { error: Error }) {
  return (
    <main className="mx-auto max-w-xl p-8">
      <h1 className="text-2xl font-bold">사이트를 시작할 수 없습니다 · The site cannot start</h1>
      <p className="mt-4">
        설정 파일을 읽을 수 없거나 서로 다른 체인을 가리킵니다. 잠시 뒤 다시 시도하세요.
        <br />
        Its settings could not be read, or they name different chains. Please try again in a moment.
      </p>
      <p role="alert" className="mt-4 rounded-lg border border-danger p-3 font-mono text-sm text-danger">
        {error.message}
      </p>
      <button
        type="button"
        onClick={() => location.reload()}
        className="mt-4 min-h-11 rounded-lg bg-primary px-4 font-semibold text-on-primary"
      >
        다시 시도 · Try again
      </button>
    </main>
  );
}
